using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Queues;

/// <summary>
/// How many applications stand where, and since when the oldest does: for the queues of one's roles. A head and an
/// administrator see no application, but how many there are in their territory.
/// </summary>
public static class SummariseApplications
{
    /// <param name="Statuses">The whole of the items by status: what a start page shows first.</param>
    public sealed record Response(IReadOnlyList<Item> Items, IReadOnlyList<Total> Statuses);

    /// <param name="Oldest">Since when the one that waits longest has this status.</param>
    /// <param name="Overdue">How many the state service should have answered by now (paragraph 16 of the
    /// Rules).</param>
    public sealed record Item(
        ApplicationStatus Status,
        OrganisationView Organisation,
        int Count,
        DateTimeOffset Oldest,
        int Overdue
    );

    public sealed record Total(ApplicationStatus Status, int Count, DateTimeOffset Oldest, int Overdue);

    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapGet("summary", Handle)
            .WithSummary(
                "Counts, the oldest and how many are overdue, by status and organisation (?totals=true: by status alone)"
            );

    public static async Task<Ok<Response>> Handle(
        ApplicationsDb db,
        CurrentUser user,
        CurrentActor caller,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct,
        string? totals = null
    )
    {
        var overseen = user
            .Assignments.Where(assignment => assignment.Role is Roles.Head or Roles.Administrator)
            .Select(assignment =>
                Worklist.OfTerritory(KebabCase.Parse<Level>(assignment.Level)!.Value, assignment.OrganisationId)
            );
        Worklist[] queues = [.. Worklist.Of(caller.Roles), .. overseen];
        if (queues.Length == 0)
            throw Problem.NotAllowed();

        var counts = await db.CountAsync(queues, rules.Days.OverdueBefore(clock.Now()), ct);
        return TypedResults.Ok(
            new Response(
                string.Equals(totals, "true", StringComparison.OrdinalIgnoreCase)
                    ? []
                    : await ItemsAsync(db, counts, ct),
                [
                    .. counts
                        .GroupBy(count => KebabCase.Parse<ApplicationStatus>(count.Status)!.Value)
                        .OrderBy(group => group.Key)
                        .Select(group => new Total(
                            group.Key,
                            group.Sum(count => count.Count),
                            group.Min(count => count.Oldest),
                            group.Sum(count => count.Overdue)
                        )),
                ]
            )
        );
    }

    private static async Task<IReadOnlyList<Item>> ItemsAsync(
        ApplicationsDb db,
        IReadOnlyList<QueueCount> counts,
        CancellationToken ct
    )
    {
        var ids = counts.Select(count => count.OrganisationId).Distinct().ToArray();
        var organisations = await db
            .Organisations.AsNoTracking()
            .Where(organisation => ids.Contains(organisation.Id))
            .ToDictionaryAsync(organisation => organisation.Id, ct);
        return
        [
            .. counts.Select(count => new Item(
                KebabCase.Parse<ApplicationStatus>(count.Status)!.Value,
                OrganisationView.Of(organisations[count.OrganisationId]),
                count.Count,
                count.Oldest,
                count.Overdue
            )),
        ];
    }
}
