using Microsoft.EntityFrameworkCore;
using Npgsql;
using PedAtt.Testing;

namespace PedAtt.Notifications.Tests.Data;

public sealed class SchemaTests(NotificationsService service)
{
    [Fact]
    public async Task The_migrated_schema_is_the_model()
    {
        var made = await (await TestServers.StartAsync()).PostgresAsync("notifications-model");
        await using (var db = NotificationsService.Open(made))
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());

        Assert.Equal(await DescribeAsync(made), await DescribeAsync(service.Database));
    }

    private static async Task<string> DescribeAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            select string_agg(line, e'\n' order by line) from (
                select format('column %s.%s %s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default, is_identity) as line
                from information_schema.columns where table_schema = 'public' and table_name <> 'migrations_history'
                union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations_history'
                union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
                    where connamespace = 'public'::regnamespace and conrelid <> coalesce(to_regclass('migrations_history')::oid, 0)) described
            """, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
