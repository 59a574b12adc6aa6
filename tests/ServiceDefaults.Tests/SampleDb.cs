using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Tests;

/// <summary>A service's database with nothing in it but notes: what is tested is what all services have.</summary>
public sealed class SampleDb(DbContextOptions<SampleDb> options) : ServiceDb(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void Map(ModelBuilder model) =>
        model.Entity<Note>().Property(note => note.Id).ValueGeneratedNever();

    public static async Task<string> CreateAsync(string suite)
    {
        var servers = await Testing.TestServers.StartAsync();
        var connection = await servers.PostgresAsync(suite);
        await using var db = Open(connection);
        await db.Database.EnsureCreatedAsync();
        return connection;
    }

    public static SampleDb Open(string connection) =>
        new(new DbContextOptionsBuilder<SampleDb>().UseNpgsql(connection).Options);
}

public sealed class Note
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid Aggregate { get; init; }

    public required int JudgedBy { get; init; }
}
