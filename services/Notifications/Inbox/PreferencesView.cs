namespace PedAtt.Notifications.Inbox;

/// <param name="Email">Whether e-mails are sent. In the system itself everybody is always told.</param>
/// <param name="Language"><c>kk</c>, <c>ru</c>, or null: the account's.</param>
public sealed record PreferencesView(bool Email, string? Language);
