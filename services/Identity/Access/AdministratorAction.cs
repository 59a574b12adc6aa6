namespace PedAtt.Identity.Access;

/// <summary>Who did what to whom, when. Append-only: the database refuses to change or delete a row.</summary>
public sealed class AdministratorAction
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Null: the command line.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>login.issued, user.blocked, user.unblocked, user.corrected, user.closed, roles.changed,
    /// organisation.added, organisation.changed, person.read</summary>
    public required string Action { get; init; }

    /// <summary>The login, user or organisation.</summary>
    public required Guid SubjectId { get; init; }

    public Guid? OrganisationId { get; init; }

    /// <summary>What it was about in a few words of the system (roles, keys), never personal data.</summary>
    public string? Details { get; init; }

    /// <summary>Why, in the administrator's words.</summary>
    public string? Ground { get; init; }

    public required DateTimeOffset At { get; init; }
}
