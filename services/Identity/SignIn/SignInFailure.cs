namespace PedAtt.Identity.SignIn;

/// <summary>
/// A sign-in that failed, or is being judged. Logins and addresses are kept as keyed hashes: people type passwords into
/// the login's field.
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
