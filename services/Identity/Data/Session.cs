namespace PedAtt.Identity.Data;

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
}

/// <summary>Only the hash is kept: who reads the database cannot sign in with it.</summary>
public sealed class RefreshToken
{
    public required byte[] Hash { get; init; }

    public required Guid SessionId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A key that signs access tokens. Its public half is published before and after it signs; the private half is kept sealed.</summary>
public sealed class SigningKey
{
    public required string Kid { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }

    public required byte[] EncryptedPrivateKey { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    public required DateTimeOffset SignsUntil { get; init; }

    /// <summary>Published until then: after the last token that it signed has expired.</summary>
    public required DateTimeOffset PublishedUntil { get; init; }
}

/// <summary>
/// A sign-in that failed, or is being judged. Logins and addresses are kept as keyed hashes: people type passwords into the
/// login's field.
/// </summary>
public sealed class SignInFailure
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required byte[] LoginKey { get; init; }

    public required byte[] AddressKey { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Its password is being compared at this moment.</summary>
    public bool Open { get; init; }
}

/// <summary>An address that a login has signed in from: strangers' guesses do not make it wait.</summary>
public sealed class KnownAddress
{
    public required byte[] LoginKey { get; init; }

    public required byte[] AddressKey { get; init; }

    public required DateTimeOffset At { get; set; }
}
