using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Queues;

/// <param name="Statuses">Null: all that the queue has.</param>
/// <param name="Territory">Only what lies in this organisation or below it.</param>
/// <param name="OverdueBefore">Only what the state service has had since before then and not answered.</param>
public sealed record QueueFilter(
    IReadOnlyList<ApplicationStatus>? Statuses = null,
    int? Year = null,
    string? Category = null,
    (Level Level, Guid Id)? Territory = null,
    string? Number = null,
    DateTimeOffset? OverdueBefore = null
);

/// <summary>Where a page of a queue ends.</summary>
public sealed record QueuePosition(DateTimeOffset Since, Guid Id);

/// <summary>Where a page of names ends.</summary>
public sealed record NamePosition(string Name, Guid Id);

/// <summary>How many of a queue have one status in one organisation, since when the oldest of them, and how many wait
/// too long.</summary>
public sealed record QueueCount(string Status, Guid OrganisationId, int Count, DateTimeOffset Oldest, int Overdue);

/// <summary>
/// Pages of queues, longest waiting first. Every status of every queue is read in its index's own order and no further
/// than the page needs, then those few rows are merged: with 100,000 applications a page costs what it costs with 100
/// (docs/queues.md has what each costs, a test keeps it).
/// </summary>
public static class QueueQueries
{
    /// <summary>What the state service has to answer in time.</summary>
    private static readonly IReadOnlyList<ApplicationStatus> WithDeadline = ApplicationLifecycle.Where(facts =>
        facts.Deadline == Deadline.StateServiceAnswer
    );

    public static async Task<IReadOnlyList<QueuePosition>> PageAsync(
        this ApplicationsDb db,
        IReadOnlyList<Worklist> queues,
        QueueFilter filter,
        QueuePosition? after,
        int rows,
        CancellationToken ct
    )
    {
        var (sql, parameters) = Page(queues, filter, after, rows);
        return queues.Count == 0 ? [] : await db.Database.SqlQueryRaw<QueuePosition>(sql, parameters).ToListAsync(ct);
    }

    /// <summary>Only those whose teacher's name begins so, or of this one teacher; by name.</summary>
    public static async Task<IReadOnlyList<NamePosition>> NamesAsync(
        this ApplicationsDb db,
        IReadOnlyList<Worklist> queues,
        QueueFilter filter,
        string? name,
        Guid? teacherId,
        NamePosition? after,
        int rows,
        CancellationToken ct
    )
    {
        var (sql, parameters) = Names(queues, filter, name, teacherId, after, rows);
        return queues.Count == 0 ? [] : await db.Database.SqlQueryRaw<NamePosition>(sql, parameters).ToListAsync(ct);
    }

    /// <summary>What the queues hold together, each application once.</summary>
    public static async Task<IReadOnlyList<QueueCount>> CountAsync(
        this ApplicationsDb db,
        IReadOnlyList<Worklist> queues,
        DateTimeOffset overdueBefore,
        CancellationToken ct
    )
    {
        var sql = new Statement();
        var parts = queues.Select(queue =>
            $"""
                select a.id, a.status, a.organisation_id, a.status_since from applications a
                where a.{queue.Column} = {sql.Value(queue.Id)} and a.status = any({sql.Value(
                    StatusWords(new QueueFilter(), queue)
                )}) and a.deleted_at is null
                """
        );
        var (text, parameters) = sql.Done(
            $"""
            select u.status as status, u.organisation_id as organisation_id, count(*)::int as count, min(u.status_since) as oldest,
                (count(*) filter (where u.status = any({sql.Value(KebabCase.All(WithDeadline))})
                    and u.status_since < {sql.Value(overdueBefore)}))::int as overdue
            from (
            {string.Join("\nunion\n", parts)}
            ) u group by 1, 2 order by 1, 2
            """
        );
        return await db.Database.SqlQueryRaw<QueueCount>(text, parameters).ToListAsync(ct);
    }

    public static (string Sql, object[] Parameters) Page(
        IReadOnlyList<Worklist> queues,
        QueueFilter filter,
        QueuePosition? after,
        int rows
    )
    {
        var sql = new Statement();
        var where = sql.Where(filter);
        if (after is not null)
            where += $" and (a.status_since, a.id) > ({sql.Value(after.Since)}, {sql.Value(after.Id)})";
        var limit = sql.Value(rows);
        var parts = queues.Select(queue =>
            $"""
                select q.id, q.status_since
                from unnest({sql.Value(StatusWords(filter, queue))}) s(status)
                cross join lateral (
                    select a.id, a.status_since from applications a
                    where a.{queue.Column} = {sql.Value(
                    queue.Id
                )} and a.status = s.status and a.deleted_at is null{where}
                    order by a.status_since, a.id limit {limit}) q
                """
        );
        return sql.Done(
            $"""
            select u.status_since as since, u.id as id from (
            {string.Join("\nunion\n", parts)}
            ) u order by u.status_since, u.id limit {limit}
            """
        );
    }

    public static (string Sql, object[] Parameters) Names(
        IReadOnlyList<Worklist> queues,
        QueueFilter filter,
        string? name,
        Guid? teacherId,
        NamePosition? after,
        int rows
    )
    {
        var sql = new Statement();
        var where = sql.Where(filter);
        if (teacherId is { } teacher)
            where += $" and a.teacher_id = {sql.Value(teacher)}";
        // U+FFFF sorts after every letter in every ICU collation: between a beginning and the same followed by it
        // stands whatever begins so, in either case. Small letters sort before capitals, so the beginning is taken in
        // small ones.
        if (name is not null)
            where +=
                $" and a.teacher_name >= {sql.Value(name.ToLowerInvariant())} and a.teacher_name <= {sql.Value(name + '\uFFFF')}";
        if (after is not null)
            where += $" and (a.teacher_name, a.id) > ({sql.Value(after.Name)}, {sql.Value(after.Id)})";
        var limit = sql.Value(rows);
        var parts = queues.Select(queue =>
            $"""
                (select a.id, a.teacher_name from applications a
                where a.{queue.Column} = {sql.Value(queue.Id)} and a.status = any({sql.Value(
                    StatusWords(filter, queue)
                )}) and a.deleted_at is null{where}
                order by a.teacher_name, a.id limit {limit})
                """
        );
        return sql.Done(
            $"""
            select u.teacher_name as name, u.id as id from (
            {string.Join("\nunion\n", parts)}
            ) u order by u.teacher_name, u.id limit {limit}
            """
        );
    }

    private static string[] StatusWords(QueueFilter filter, Worklist queue) =>
        [
            .. queue
                .Statuses.Where(status => filter.Statuses?.Contains(status) ?? true)
                .Where(status => filter.OverdueBefore is null || WithDeadline.Contains(status))
                .Select(KebabCase.Of),
        ];

    /// <summary>Values go as parameters; only names of columns stand in the text.</summary>
    private sealed class Statement
    {
        private readonly List<NpgsqlParameter> parameters = [];

        public string Value(object value)
        {
            var parameter = new NpgsqlParameter(
                $"p{parameters.Count}",
                value is DateTimeOffset time ? time.UtcDateTime : value
            );
            if (value is string[])
                parameter.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text;
            parameters.Add(parameter);
            return "@" + parameter.ParameterName;
        }

        public string Where(QueueFilter filter)
        {
            var where = new StringBuilder();
            if (filter.Year is { } year)
                where.Append($" and a.attestation_year = {Value(year)}");
            if (filter.Category is { } category)
                where.Append($" and a.claimed_category = {Value(category)}");
            if (filter.Territory is { } territory)
                where.Append($" and a.{Worklist.TerritoryColumn(territory.Level)} = {Value(territory.Id)}");
            if (filter.Number is { } number)
                where.Append($" and a.number = {Value(number)}");
            if (filter.OverdueBefore is { } before)
                where.Append($" and a.status_since < {Value(before)}");
            return where.ToString();
        }

        public (string, object[]) Done(string sql) => (sql, [.. parameters]);
    }
}
