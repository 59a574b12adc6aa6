using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Identity.Data.Migrations;

[DbContext(typeof(IdentityDb))]
[Migration("20261126010000_SignInChallenges")]
public sealed class SignInChallenges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.SqlFile(typeof(SignInChallenges), "SignInChallenges.sql");
}
