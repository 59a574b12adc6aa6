using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Applications.Data.Migrations;

[DbContext(typeof(ApplicationsDb))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.SqlFile(typeof(Initial), "Initial.sql");
        migrationBuilder.KeepAppendOnly("history");
        migrationBuilder.KeepAppendOnly("readings");
        migrationBuilder.Sql(
            """
            create trigger submissions_kept before delete or truncate on submissions
                for each statement execute function refuse_change();
            """
        );
    }
}
