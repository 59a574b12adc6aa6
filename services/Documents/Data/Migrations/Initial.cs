using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Documents.Data.Migrations;

[DbContext(typeof(DocumentsDb))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.SqlFile(typeof(Initial), "Initial.sql");
        migrationBuilder.KeepAppendOnly("readings");
        migrationBuilder.Sql(
            """
            create trigger documents_kept before delete or truncate on documents for each statement execute function refuse_change();
            create trigger signatures_kept before delete or truncate on signatures for each statement execute function refuse_change();
            """
        );
    }
}
