using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.Portfolio.Data.Migrations;

/// <summary>
/// What was submitted stays as it was: PostgreSQL itself refuses to change a snapshot, or to delete it but with the
/// draft that it was made of in vain, in a transaction that names that draft.
/// </summary>
[DbContext(typeof(PortfolioDb))]
[Migration("20261129010000_KeepSnapshots")]
public sealed class KeepSnapshots : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            create trigger snapshots_unchanged before update or truncate on snapshots for each statement execute function refuse_change();
            create trigger snapshots_kept before delete on snapshots for each row
                when (current_setting('pedatt.deleted_draft', true) is distinct from old.application_id::text)
                execute function refuse_change();
            """
        );
}
