using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Identity.Data.Migrations;

/// <summary>IINs that are proven or only claimed, accounts that were closed, what happened to an account, generations
/// of refresh tokens.</summary>
[DbContext(typeof(IdentityDb))]
[Migration("20261129000000_ProvenPeople")]
public sealed class ProvenPeople : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(ProvenPeople), "ProvenPeople.sql");
}
