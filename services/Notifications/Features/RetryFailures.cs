using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Notifications.Data;
using PedAtt.Notifications.Domain;

namespace PedAtt.Notifications.Features;

/// <summary>
/// Letters that could not be sent, for the administrators of the part of the tree that the application belongs to. The
/// text and the address are not shown: an administrator sees no application.
/// </summary>
public static class RetryFailures
{
    /// <param name="Id">Of the notification whose letter it is.</param>
    /// <param name="Failure">
    /// <c>mail.unreachable</c>, <c>mail.refused</c>, <c>address.refused</c>, <c>address.invalid</c> or
    /// <c>person.unknown</c>
    /// </param>
    public sealed record Response(
        Guid Id, Guid PersonId, string Kind, LetterState State, int Attempts, string? Failure, DateTimeOffset CreatedAt);

    private sealed record Position(long Sequence);

    public static void Map(IEndpointRouteBuilder notifications)
    {
        notifications.MapGet("failures", List).WithSummary("Letters that could not be sent");
        notifications.MapPost("failures/{id:guid}/retry", Handle).WithSummary("Send one again").WithIdempotency();
    }

    public static async Task<Ok<Paged<Response>>> List(HttpContext http, NotificationsDb db, CurrentUser user, CancellationToken ct)
    {
        user.Require(Roles.Administrator);
        var page = PageRequest.From(http);
        var after = page.Position<Position>()?.Sequence ?? long.MaxValue;
        var found = await Of(db, user)
            .Where(pair => pair.Letter.State == LetterState.Failed && pair.Notification.Sequence < after)
            .OrderByDescending(pair => pair.Notification.Sequence)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var shown = Paged.Of(found, page.Limit, pair => Cursor.Encode(new Position(pair.Notification.Sequence)));
        return TypedResults.Ok(new Paged<Response>([.. shown.Items.Select(View)], shown.Next));
    }

    public static async Task<Ok<Response>> Handle(
        Guid id, HttpContext http, NotificationsDb db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var failed = await Of(db, user).SingleOrDefaultAsync(pair => pair.Notification.Id == id, ct) ?? throw Problem.NotFound();
        user.Require(Roles.Administrator);
        await RequestBody.ReadNothingAsync(http, ct);
        var now = clock.GetUtcNow();
        // Judged by the database: two administrators at once start one sending.
        var again = await db.Letters.Where(letter => letter.NotificationId == id && letter.State == LetterState.Failed).ExecuteUpdateAsync(
            set => set
                .SetProperty(letter => letter.State, LetterState.Waiting)
                .SetProperty(letter => letter.Attempts, 0)
                .SetProperty(letter => letter.NotBefore, now), ct);
        if (again == 0)
            throw Problem.Conflict("letter.not-failed", "Only a letter that has failed is sent again by hand.");
        return TypedResults.Ok(View(failed) with { State = LetterState.Waiting, Attempts = 0 });
    }

    private sealed class Failed
    {
        public required Notification Notification { get; init; }

        public required Letter Letter { get; init; }
    }

    /// <summary>Of the applications in the part of the tree that this administrator looks after.</summary>
    private static IQueryable<Failed> Of(NotificationsDb db, CurrentUser user)
    {
        var organisations = user.Assignments.Where(held => held.Role == Roles.Administrator).Select(held => held.OrganisationId).ToArray();
        return
            from letter in db.Letters.AsNoTracking()
            join notification in db.Notifications.AsNoTracking() on letter.NotificationId equals notification.Id
            where notification.OrganisationPath.Any(id => organisations.Contains(id))
            select new Failed { Notification = notification, Letter = letter };
    }

    private static Response View(Failed failed) => new(
        failed.Notification.Id, failed.Notification.PersonId, failed.Notification.Kind, failed.Letter.State, failed.Letter.Attempts,
        failed.Letter.Failure, failed.Notification.CreatedAt);
}
