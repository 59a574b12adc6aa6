using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Applications.Data.Migrations;

[DbContext(typeof(ApplicationsDb))]
[Migration("20261129000000_IdempotencyClaims")]
public sealed class IdempotencyClaims : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(IdempotencyClaims), "IdempotencyClaims.sql");
}
