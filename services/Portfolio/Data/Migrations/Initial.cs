using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Portfolio.Data.Migrations;

[DbContext(typeof(PortfolioDb))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.SqlFile(typeof(Initial), "Initial.sql");
        migrationBuilder.KeepAppendOnly("readings");
        migrationBuilder.KeepAppendOnly("reviews");
    }
}
