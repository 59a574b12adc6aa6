using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PedAtt.Applications.Access;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Queues;
using PedAtt.Applications.Rules;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests.Queues;

/// <summary>
/// With 100,000 applications every page of a queue is an index read: no scan of the table, nothing sorted but the
/// page's own few rows, and few pages of the database looked at. docs/queues.md shows them in a table;
/// PEDATT_WRITE_DOCS=1 writes it anew.
/// </summary>
public sealed class QueuePlansTests(GeneratedApplications generated) : IClassFixture<GeneratedApplications>
{
    private const int PageRows = 51;

    /// <summary>Every status of a queue gives a page of its own at most before they are merged.</summary>
    private const int MostRowsSorted = 11 * PageRows;

    /// <summary>8 kB each; the heap has some 4,000 and every index more than 1,000.</summary>
    private const int MostBuffers = 1_500;

    private static readonly Guid School = Id("school7"),
        District = Id("district7"),
        Region = Id("region7"),
        Republic = Id("republic");

    private readonly NpgsqlConnection connection = generated.Connection;

    [Fact]
    public async Task Every_page_of_every_queue_is_an_index_read()
    {
        var document = new StringBuilder(
            """
            # Queues: what a page costs with 100,000 applications

            Written by `QueuePlansTests` (PEDATT_WRITE_DOCS=1) on PostgreSQL; the test fails where a plan scans the table, sorts more
            than the page's own rows or reads more than 1,500 pages of 8 kB (one for a row, where the table was not vacuumed). The
            data are those of `GeneratedApplications.sql`: 4,000 schools in 200 districts of 20 regions.

            A queue is cut by one column: the territory of a secretary (`organisation_id`, `district_id`, `region_id`,
            `republic_id`), the body that an application was forwarded to (`forwarded_to_id`) or that decides
            (`deciding_organisation_id`), or the teacher. Each has one index: that column, the status, since when, the id. `QueueQueries.cs`
            reads every status in its index's order, no further than a page, and merges those few rows. A search by name reads the
            index of names, or the queue's own where that has fewer. An ICU collation is part of that index: after an upgrade of the
            operating system's ICU it has to be built again (`reindex index names`).

            | page | rows | buffers | ms | reads |
            |---|---|---|---|---|

            """.ReplaceLineEndings("\n")
        );
        foreach (var (name, statement) in Pages())
        {
            var plan = await ExplainAsync(statement);
            var nodes = Flatten(plan.GetProperty("Plan")).ToArray();
            var buffers =
                plan.GetProperty("Plan").GetProperty("Shared Hit Blocks").GetInt64()
                + plan.GetProperty("Plan").GetProperty("Shared Read Blocks").GetInt64();
            foreach (var node in nodes)
            {
                var kind = node.GetProperty("Node Type").GetString()!;
                Assert.False(kind == "Seq Scan", $"{name}: a scan of the whole table\n{plan}");
                if (kind is "Sort" or "Incremental Sort")
                    Assert.True(
                        node.GetProperty("Plans")[0].GetProperty("Actual Rows").GetDouble() <= MostRowsSorted,
                        $"{name}: a large sort\n{plan}"
                    );
            }
            Assert.True(buffers <= MostBuffers, $"{name}: {buffers} buffers\n{plan}");
            var indexes = nodes
                .Where(node => node.TryGetProperty("Index Name", out _))
                .Select(node =>
                    $"{node.GetProperty("Node Type").GetString()} {node.GetProperty("Index Name").GetString()}"
                )
                .Distinct();
            document.Append(
                CultureInfo.InvariantCulture,
                $"| {name} | {plan.GetProperty("Plan").GetProperty("Actual Rows").GetDouble():0} | {buffers} | {plan.GetProperty("Execution Time").GetDouble():0.0} | {string.Join(", ", indexes)} |\n"
            );
        }
        if (Environment.GetEnvironmentVariable("PEDATT_WRITE_DOCS") is not null)
            await File.WriteAllTextAsync(Path.Combine(TestServers.Root, "docs", "queues.md"), document.ToString());
    }

    [Fact]
    public async Task Pages_one_after_the_other_give_a_whole_queue_once()
    {
        var found = new List<Guid>();
        QueuePosition? after = null;
        do
        {
            var (sql, parameters) = QueueQueries.Page([Executor(District)], new(), after, 101);
            var rows = await ReadAsync(sql, parameters);
            found.AddRange(rows.Take(100).Select(row => row.Id));
            after = rows.Count > 100 ? rows[99] : null;
        } while (after is not null);

        await using var count = new NpgsqlCommand(
            "select count(*) from applications where forwarded_to_id = $1",
            connection
        )
        {
            Parameters = { new() { Value = District } },
        };
        Assert.Equal((long)(await count.ExecuteScalarAsync())!, found.Count);
        Assert.Equal(found.Count, found.Distinct().Count());
    }

    private static IEnumerable<(string, (string Sql, object[] Parameters))> Pages()
    {
        var deep = new QueuePosition(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Guid.Empty);
        ApplicationStatus[] waiting = [ApplicationStatus.UnderStateServiceReview];
        yield return ("a teacher's own", Page(Worklist.OfTeacher(Id("teacher77"))));
        yield return ("a school's secretary", Page(Worklist.OfTerritory(Level.Organisation, School)));
        yield return ("a secretary of a district", Page(Worklist.OfTerritory(Level.District, District)));
        yield return (
            "a secretary of a region, in the middle",
            Page(Worklist.OfTerritory(Level.Region, Region), after: deep)
        );
        yield return ("a secretary of the republic", Page(Worklist.OfTerritory(Level.Republic, Republic)));
        yield return ("a district's executor", Page(Executor(District)));
        yield return ("a district's executor, waiting", Page(Executor(District), new(waiting)));
        yield return ("a region's executor, in the middle", Page(Executor(Region), after: deep));
        yield return ("the republic's executor, one year", Page(Executor(Republic), new(Year: 2026)));
        yield return (
            "a district's executor, a rare category",
            Page(Executor(District), new(Category: "teacher-master"))
        );
        yield return (
            "a district's executor, one school",
            Page(Executor(District), new(Territory: (Level.Organisation, School)))
        );
        yield return (
            "a region's executor, one district",
            Page(Executor(Region), new(Territory: (Level.District, District)))
        );
        yield return ("a district's commission", Page(Commission(District)));
        yield return (
            "a region's commission, waiting",
            Page(Commission(Region), new([ApplicationStatus.SentToCommission]))
        );
        yield return ("the republic's commission, in the middle", Page(Commission(Republic), after: deep));
        yield return (
            "a secretary of the republic, one number",
            Page(Worklist.OfTerritory(Level.Republic, Republic), new(Number: "2027-000777"))
        );
        yield return (
            "a school's secretary who is a teacher and on the district's commission",
            QueueQueries.Page(
                [
                    Worklist.OfTeacher(Id("teacher77")),
                    Worklist.OfTerritory(Level.Organisation, School),
                    Commission(District),
                ],
                new(),
                null,
                PageRows
            )
        );
        yield return ("names: a school's secretary", Names(Worklist.OfTerritory(Level.Organisation, School), "ах"));
        yield return ("names: a district's executor", Names(Executor(District), "қасым"));
        yield return ("names: a region's commission", Names(Commission(Region), "оспанова"));
        yield return (
            "names: the republic's secretary, one letter",
            Names(Worklist.OfTerritory(Level.Republic, Republic), "а")
        );
        yield return (
            "one teacher by IIN: the republic's secretary",
            QueueQueries.Names(
                [Worklist.OfTerritory(Level.Republic, Republic)],
                new(),
                null,
                Id("teacher77"),
                null,
                PageRows
            )
        );

        static (string, object[]) Page(Worklist queue, QueueFilter? filter = null, QueuePosition? after = null) =>
            QueueQueries.Page([queue], filter ?? new(), after, PageRows);
        static (string, object[]) Names(Worklist queue, string name) =>
            QueueQueries.Names([queue], new(), name, null, null, PageRows);
    }

    private static Worklist Executor(Guid body) =>
        Assert.Single(Worklist.Of([new HeldRole(Role.Executor, body, Level.District)]));

    private static Worklist Commission(Guid body) =>
        Assert.Single(Worklist.Of([new HeldRole(Role.CommissionChair, body, Level.District)]));

    /// <summary>As md5(text)::uuid in SQL.</summary>
#pragma warning disable CA5351 // Nothing is kept secret by it: it names generated rows.
    private static Guid Id(string text) => Guid.Parse(Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text))));
#pragma warning restore CA5351

    private static IEnumerable<JsonElement> Flatten(JsonElement node) =>
        node.TryGetProperty("Plans", out var under) ? under.EnumerateArray().SelectMany(Flatten).Prepend(node) : [node];

    private async Task<JsonElement> ExplainAsync((string Sql, object[] Parameters) statement)
    {
        await using var command = Command("explain (analyze, buffers, format json) ", statement);
        return JsonSerializer.Deserialize<JsonElement>((string)(await command.ExecuteScalarAsync())!)[0];
    }

    private async Task<List<QueuePosition>> ReadAsync(string sql, object[] parameters)
    {
        await using var command = Command("", (sql, parameters));
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<QueuePosition>();
        while (await reader.ReadAsync())
            rows.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetGuid(1)));
        return rows;
    }

    private NpgsqlCommand Command(string before, (string Sql, object[] Parameters) statement)
    {
        var command = new NpgsqlCommand(before + statement.Sql, connection);
        foreach (var parameter in statement.Parameters.Cast<NpgsqlParameter>())
            command.Parameters.Add(parameter.Clone());
        return command;
    }
}

/// <summary>A database of its own with 100,000 applications.</summary>
public sealed class GeneratedApplications : IAsyncLifetime
{
    public NpgsqlConnection Connection { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await (await TestServers.StartAsync()).PostgresAsync("applications-queues");
        await using (var db = ApplicationsService.Open(database))
            await db.Database.MigrateAsync();
        Connection = new NpgsqlConnection(database + ";Command Timeout=300");
        await Connection.OpenAsync();
        await ExecuteAsync(
            await File.ReadAllTextAsync(
                Path.Combine(TestServers.Root, "tests", "Applications.Tests", "Queues", "GeneratedApplications.sql")
            )
        );
        await ExecuteAsync("vacuum analyze applications");
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        await command.ExecuteNonQueryAsync();
    }
}
