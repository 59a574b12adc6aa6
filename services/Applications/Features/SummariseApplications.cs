using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Domain;
using PedAtt.Applications.Views;
using PedAtt.ServiceDefaults;

namespace PedAtt.Applications.Features;

/// <summary>
/// How many applications stand where, and since when the oldest does: for the queues of one's roles. A head and an
/// administrator see no application, but how many there are in their territory.
/// </summary>
public static class SummariseApplications
{
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <param name="Oldest">Since when the one that waits longest has this status.</param>
    public sealed record Item(ApplicationStatus Status, OrganisationView Organisation, int Count, DateTimeOffset Oldest);

    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapGet("summary", Handle).WithSummary("Counts and the oldest, by status and organisation");

    public static async Task<Ok<Response>> Handle(ApplicationsDb db, CurrentUser user, Seats seats, CancellationToken ct)
    {
        var overseen = user.Assignments.Where(assignment => assignment.Role is Roles.Head or Roles.Administrator)
            .Select(assignment => Worklist.OfTerritory(Words.Parse<Level>(assignment.Level)!.Value, assignment.OrganisationId));
        Worklist[] queues = [.. Worklist.Of(seats.Posts), .. overseen];
        if (queues.Length == 0)
            throw Problem.NotAllowed();

        var counts = await db.CountAsync(queues, ct);
        var ids = counts.Select(count => count.OrganisationId).Distinct().ToArray();
        var organisations = await db.Organisations.AsNoTracking()
            .Where(organisation => ids.Contains(organisation.Id)).ToDictionaryAsync(organisation => organisation.Id, ct);
        return TypedResults.Ok(new Response(
        [
            .. counts.Select(count => new Item(
                Words.Parse<ApplicationStatus>(count.Status)!.Value, OrganisationView.Of(organisations[count.OrganisationId]),
                count.Count, count.Oldest)),
        ]));
    }
}
