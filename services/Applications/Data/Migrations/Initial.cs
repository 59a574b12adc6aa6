using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PedAtt.ServiceDefaults;

namespace PedAtt.Applications.Data.Migrations;

[DbContext(typeof(ApplicationsDb))]
[Migration("20261122000000_Initial")]
public sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.SqlFile(typeof(Initial), "Initial.sql");
}
