using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PedAtt.ServiceDefaults;

namespace PedAtt.Documents.Data.Migrations;

[DbContext(typeof(DocumentsDb))]
[Migration("20261129000000_ScanAttempts")]
public sealed class ScanAttempts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(ScanAttempts), "ScanAttempts.sql");
}
