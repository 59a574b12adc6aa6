using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PedAtt.Testing;

/// <summary>
/// The migrations are written by hand, so a test compares what they make with what the model says:
/// <code>
/// await SchemaAssert.MigratedEqualsModelAsync("applications", options => new ApplicationsDb(options));
/// </code>
/// Compared are tables, columns (type, nullability, default, collation), indexes and constraints. Triggers and
/// functions are not, because a model cannot name them.
/// </summary>
public static class SchemaAssert
{
    /// <param name="suite">The name of the service.</param>
    /// <param name="create">The service's context.</param>
    /// <param name="onlyMigrated">Parts of the lines that only a migration can make, such as the name of an expression
    /// index.</param>
    public static async Task MigratedEqualsModelAsync<TDb>(
        string suite,
        Func<DbContextOptions<TDb>, TDb> create,
        params string[] onlyMigrated
    )
        where TDb : DbContext
    {
        var servers = await TestServers.StartAsync();
        async Task<HashSet<string>> Schema(string name, Func<TDb, Task> make)
        {
            var database = await servers.PostgresAsync($"{suite}-{name}");
            await using var db = create(
                new DbContextOptionsBuilder<TDb>()
                    .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                    .ConfigureWarnings(warnings =>
                        warnings.Ignore(
                            Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                        )
                    )
                    .Options
            );
            await make(db);
            return await Describe(database);
        }
        var migrated = await Schema("migrated", db => db.Database.MigrateAsync());
        var model = await Schema("model", db => db.Database.EnsureCreatedAsync());

        var missing = model.Except(migrated).Order().Select(line => $"  only in the model:      {line}");
        var surplus = migrated
            .Except(model)
            .Where(line => !onlyMigrated.Any(line.Contains))
            .Order()
            .Select(line => $"  only in the migrations: {line}");
        string[] differences = [.. missing, .. surplus];
        if (differences.Length > 0)
            throw new InvalidOperationException(
                $"The migrations do not make what the model of {suite} says:\n{string.Join('\n', differences)}"
            );
        if (model.Count == 0)
            throw new InvalidOperationException($"The model of {suite} has no table.");
    }

    private static async Task<HashSet<string>> Describe(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select format('column %s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                          case when a.attnotnull then ' not null' else '' end,
                          coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') || case a.attidentity when '' then '' else ' identity ' || a.attidentity::text end,
                          coalesce(' collate ' || nullif(o.collname, 'default'), ''))
            from pg_attribute a
            join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
            join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema')
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            left join pg_collation o on o.oid = a.attcollation
            where a.attnum > 0 and not a.attisdropped and c.relname <> 'migrations_history'
            union all
            select 'index ' || indexdef from pg_indexes
            where schemaname not in ('pg_catalog', 'information_schema') and tablename <> 'migrations_history'
            union all
            select format('constraint %s on %s %s', x.conname, x.conrelid::regclass, pg_get_constraintdef(x.oid))
            from pg_constraint x
            join pg_namespace n on n.oid = x.connamespace and n.nspname not in ('pg_catalog', 'information_schema')
            where x.conrelid <> 0 and x.contype <> 'n' and x.conrelid::regclass::text <> 'migrations_history'
            """,
            connection
        );
        var lines = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return lines;
    }
}
