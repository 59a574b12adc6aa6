using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Inbox;

/// <summary>
/// In which language a person reads now: the one that the request asks for, else the one they chose for their
/// notifications. Null: neither, and each notification is shown in the language that the account had when it was made.
/// </summary>
public sealed class ReadersLanguage(NotificationsDb db, CurrentUser user)
{
    public async Task<string?> OfAsync(HttpContext http, CancellationToken ct) =>
        Asked(http)
        ?? await db
            .Preferences.Where(row => row.PersonId == user.Id)
            .Select(row => row.Language)
            .SingleOrDefaultAsync(ct);

    /// <summary>
    /// Notifications are written in the two languages of the state: a wish for English asks for nothing that we have.
    /// </summary>
    private static string? Asked(HttpContext http) =>
        http
            .Request.GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(language => language is Language.Kazakh or Language.Russian);
}
