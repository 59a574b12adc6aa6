namespace PedAtt.Identity.Passwords;

/// <summary>
/// Somebody asked for a new password for this e-mail, known or not: both leave the same row, and the letter is made
/// afterwards, so that neither the answer nor its time tells which. The code is in the letter; here is its hash.
/// </summary>
public sealed class PasswordReset
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string NormalizedEmail { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the letter is tried (again), a time ahead while it is being sent; null: nothing more is to be
    /// sent.</summary>
    public DateTimeOffset? SendAt { get; set; }

    public int Attempts { get; set; }

    public Guid? UserId { get; set; }

    /// <summary>Null: there is no code yet, or it was ended by another or a new password.</summary>
    public byte[]? CodeHash { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
