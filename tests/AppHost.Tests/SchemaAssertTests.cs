using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PedAtt.Testing;

namespace PedAtt.AppHost.Tests;

public class SchemaAssertTests
{
    [Fact]
    public Task What_the_migrations_make_is_what_the_model_says() =>
        SchemaAssert.MigratedEqualsModelAsync<SampleDb>("sample", options => new SampleDb(options));

    [Fact]
    public async Task A_column_of_another_type_is_told()
    {
        var difference = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            SchemaAssert.MigratedEqualsModelAsync<OtherDb>("sample", options => new OtherDb(options))
        );
        Assert.Contains("column things.name character varying(20) not null", difference.Message);
        Assert.Contains("column things.name text not null", difference.Message);
    }

    public class SampleDb(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Thing>(thing =>
            {
                thing.ToTable("things");
                thing.HasKey(one => one.Id).HasName("pk_things");
                thing.Property(one => one.Id).HasColumnName("id");
                thing.Property(one => one.Name).HasColumnName("name");
                thing.HasIndex(one => one.Name).IsUnique().HasDatabaseName("ix_things_name");
            });
    }

    public class OtherDb(DbContextOptions options) : SampleDb(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.Entity<Thing>().Property(one => one.Name).HasMaxLength(20);
        }
    }

    public class Thing
    {
        public Guid Id { get; init; }

        public required string Name { get; init; }
    }

    [DbContext(typeof(SampleDb)), Migration("20261122000000_Initial")]
    public class Initial : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql(
                """
                create table things (id uuid not null, name text not null, constraint pk_things primary key (id));
                create unique index ix_things_name on things (name);
                """
            );
    }

    [DbContext(typeof(OtherDb)), Migration("20261122000000_Initial")]
    public class OtherInitial : Initial;
}
