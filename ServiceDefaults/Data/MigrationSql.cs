using Microsoft.EntityFrameworkCore.Migrations;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>Migrations are SQL that a person reads (docs/decisions).</summary>
public static class MigrationSql
{
    /// <summary>Runs the SQL file embedded beside the migrations.</summary>
    public static void SqlFile(this MigrationBuilder migration, Type beside, string file)
    {
        var name = beside
            .Assembly.GetManifestResourceNames()
            .Single(name => name.EndsWith("." + file, StringComparison.Ordinal));
        using var reader = new StreamReader(beside.Assembly.GetManifestResourceStream(name)!);
        migration.Sql(reader.ReadToEnd());
    }

    /// <summary>From here on PostgreSQL itself refuses to change or delete a row of the table.</summary>
    public static void KeepAppendOnly(this MigrationBuilder migration, string table) =>
        migration.Sql(
            $"""
            create or replace function refuse_change() returns trigger language plpgsql as $$
            begin
                raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
            end $$;
            create trigger {table}_append_only before update or delete or truncate on {table}
                for each statement execute function refuse_change();
            """
        );
}
