using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Identity.Data.Migrations;

[DbContext(typeof(IdentityDb))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.SqlFile(typeof(Initial), "Initial.sql");
        migrationBuilder.KeepAppendOnly("readings");
        migrationBuilder.KeepAppendOnly("administrator_actions");
        migrationBuilder.KeepAppendOnly("consents");
    }
}
