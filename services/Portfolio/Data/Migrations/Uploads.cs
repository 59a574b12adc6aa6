using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Portfolio.Data.Migrations;

[DbContext(typeof(PortfolioDb))]
[Migration("20261125000000_Uploads")]
public sealed class Uploads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(Uploads), "Uploads.sql");
}
