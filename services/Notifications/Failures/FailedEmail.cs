using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Failures;

/// <summary>
/// An e-mail that could not be sent, as the administrators of the part of the tree see it that the application belongs
/// to. The text and the address are not shown: an administrator sees no application.
/// </summary>
/// <param name="Id">Of the notification whose e-mail it is.</param>
/// <param name="Failure">
/// <c>mail.unreachable</c>, <c>mail.refused</c>, <c>address.refused</c>, <c>address.invalid</c> or
/// <c>person.unknown</c>
/// </param>
public sealed record FailedEmail(
    Guid Id,
    Guid PersonId,
    string Kind,
    EmailState State,
    int Attempts,
    string? Failure,
    DateTimeOffset CreatedAt
)
{
    public static FailedEmail Of(NotificationWithEmail failed) =>
        new(
            failed.Notification.Id,
            failed.Notification.PersonId,
            failed.Notification.Kind,
            failed.Email.State,
            failed.Email.Attempts,
            failed.Email.Failure,
            failed.Notification.CreatedAt
        );
}

public sealed class NotificationWithEmail
{
    public required Notification Notification { get; init; }

    public required Email Email { get; init; }

    /// <summary>Of the applications in the part of the tree that this administrator looks after.</summary>
    public static IQueryable<NotificationWithEmail> For(CurrentUser administrator, NotificationsDb db)
    {
        var organisations = administrator
            .Assignments.Where(held => held.Role == Roles.Administrator)
            .Select(held => held.OrganisationId)
            .ToArray();
        return from email in db.Emails.AsNoTracking()
            join notification in db.Notifications.AsNoTracking() on email.NotificationId equals notification.Id
            where notification.OrganisationPath.Any(id => organisations.Contains(id))
            select new NotificationWithEmail { Notification = notification, Email = email };
    }
}
