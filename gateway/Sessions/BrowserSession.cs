namespace PedAtt.Gateway.Sessions;

/// <summary>A browser's session: the browser holds a random word, the gateway the tokens that go with it.</summary>
/// <param name="Id">The SHA-256 of the cookie: who reads the table cannot sign in with what they find there.</param>
public sealed record BrowserSession(
    byte[] Id,
    Guid UserId,
    string AccessToken,
    string RefreshToken,
    DateTimeOffset AccessExpiresAt,
    DateTimeOffset ExpiresAt
);

/// <summary>The row: <see cref="Tokens"/> are both tokens, encrypted.</summary>
public sealed class SessionRow
{
    public required byte[] Id { get; init; }

    public required Guid UserId { get; init; }

    public required byte[] Tokens { get; set; }

    public required DateTimeOffset AccessExpiresAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Moves on while the session is used, up to <see cref="SessionOptions.Lifetime"/> after its beginning.
    /// </summary>
    public required DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>Section <c>Sessions</c>. School computers are shared: a session left alone ends the same day.</summary>
public sealed class SessionOptions
{
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(12);

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long before an access token runs out it is renewed.</summary>
    public TimeSpan RenewBefore { get; set; } = TimeSpan.FromSeconds(60);

    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(10);
}
