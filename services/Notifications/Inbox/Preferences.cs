namespace PedAtt.Notifications.Inbox;

/// <summary>What a person has chosen; who has chosen nothing has no row.</summary>
public sealed class Preferences
{
    public required Guid PersonId { get; init; }

    public required bool Email { get; set; }

    /// <summary><c>kk</c>, <c>ru</c>, or null: the account's.</summary>
    public required string? Language { get; set; }

    /// <summary>Notifications are written in the two languages of the state: whose account speaks another is told in
    /// Russian.</summary>
    public static string LanguageOf(Preferences? chosen, string? account) =>
        chosen?.Language ?? (account == "kk" ? "kk" : "ru");
}
