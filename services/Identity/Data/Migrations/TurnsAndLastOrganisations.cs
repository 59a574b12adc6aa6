using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Identity.Data.Migrations;

/// <summary>Attempts that are being judged, and where a person without a role belongs.</summary>
[DbContext(typeof(IdentityDb))]
[Migration("20261126000000_TurnsAndLastOrganisations")]
public sealed class TurnsAndLastOrganisations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(TurnsAndLastOrganisations), "TurnsAndLastOrganisations.sql");
}
