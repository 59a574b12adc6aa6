using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Documents.Data.Migrations;

[DbContext(typeof(DocumentsDb))]
[Migration("20261125000000_AddVerifications")]
public sealed class AddVerifications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.SqlFile(typeof(AddVerifications), "AddVerifications.sql");
        migrationBuilder.KeepAppendOnly("verifications");
        migrationBuilder.KeepAppendOnly("evidence_parts");
    }
}
