using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Failures;

public static class RetryFailure
{
    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications.MapPost("failures/{id:guid}/retry", Handle).WithSummary("Send one again").WithIdempotency();

    public static async Task<Ok<FailedEmail>> Handle(
        Guid id,
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var failed =
            await NotificationWithEmail.For(user, db).SingleOrDefaultAsync(pair => pair.Notification.Id == id, ct)
            ?? throw Problem.NotFound();
        user.Require(Roles.Administrator);
        await RequestBody.ReadNothingAsync(http, ct);
        var now = clock.GetUtcNow();
        // Judged by the database: two administrators at once start one sending.
        var again = await db
            .Emails.Where(email => email.NotificationId == id && email.State == EmailState.Failed)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(email => email.State, EmailState.Waiting)
                        .SetProperty(email => email.Attempts, 0)
                        .SetProperty(email => email.NotBefore, now),
                ct
            );
        if (again == 0)
            throw Problem.Conflict(Codes.LetterNotFailed, "Only an e-mail that has failed is sent again by hand.");
        return TypedResults.Ok(FailedEmail.Of(failed) with { State = EmailState.Waiting, Attempts = 0 });
    }
}
