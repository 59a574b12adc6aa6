namespace PedAtt.Identity.Tokens;

/// <summary>One sign-in (sid) and the family of refresh tokens that keeps it alive.</summary>
public sealed class Session
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? EndedBy { get; set; }
}

public enum SessionEnd
{
    SignOut,
    RefreshReused,
    Block,
    PasswordReset,
    RoleChange,
    Correction,
    Closed,
}

/// <summary>Only the hash is kept: who reads the database cannot sign in with it.</summary>
public sealed class RefreshToken
{
    public required byte[] Hash { get; init; }

    public required Guid SessionId { get; init; }

    /// <summary>The token that it was given for. Of those given for one, the first that is used ends the
    /// others.</summary>
    public byte[]? Parent { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
