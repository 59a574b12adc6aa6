namespace PedAtt.Identity.Logins;

/// <summary>A login that an administrator issued: used once, by the person it was meant for, within its time.</summary>
public sealed class IssuedLogin
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Lower case.</summary>
    public required string Login { get; init; }

    public required string Role { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Only this person can register with it; null: whoever holds it.</summary>
    public string? Iin { get; init; }

    /// <summary>Whom the administrator meant, for their own list; the account's name is what the person
    /// writes.</summary>
    public string? FullName { get; init; }

    public byte[]? ActivationCodeHash { get; set; }

    /// <summary>Null: made on the command line or with the demonstration set.</summary>
    public Guid? IssuedById { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public Guid? UserId { get; set; }
}
