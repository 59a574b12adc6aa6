using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Applications.Data.Migrations;

/// <summary>The record of categories, with what was decided before there were commissions.</summary>
[DbContext(typeof(ApplicationsDb))]
[Migration("20261129040000_CategoryRecords")]
public sealed class CategoryRecords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(CategoryRecords), "CategoryRecords.sql");
}
