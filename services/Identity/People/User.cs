using Microsoft.AspNetCore.Identity;

namespace PedAtt.Identity.People;

/// <summary>A registered person. The IIN names them once in the whole system; the login is the one that was issued to
/// them.</summary>
public sealed class User : IdentityUser<Guid>
{
    public required string Iin { get; set; }

    /// <summary>Null: the IIN is only claimed by who registered with it.</summary>
    public DateTimeOffset? ProvenAt { get; set; }

    public Proof? ProvenBy { get; set; }

    public required string FamilyName { get; set; }

    public required string GivenName { get; set; }

    public string? Patronymic { get; set; }

    /// <summary>Family name, given name, patronymic: what is shown and sorted by.</summary>
    public required string Name { get; set; }

    /// <summary>kk, ru or en</summary>
    public required string Language { get; set; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>Ended for good: it opens nothing, and its IIN and e-mail are free for another account.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    public Closing? ClosedBy { get; set; }

    /// <summary>Where a person who holds no role any more held the last one: who administers it may give them
    /// another.</summary>
    public Guid? LastOrganisationId { get; set; }

    public Organisation? LastOrganisation { get; set; }

    public List<RoleAssignment> Assignments { get; init; } = [];

    /// <summary>What the other services are told of a person; with their roles read.</summary>
    public Internal.Person Facts =>
        new(
            Id,
            UserName!,
            Iin,
            Name,
            FamilyName,
            GivenName,
            Patronymic,
            Email!,
            PhoneNumber!,
            Language,
            [
                .. Assignments.Select(one => new Internal.PersonAssignment(
                    one.Role,
                    one.OrganisationId,
                    one.Organisation.Level
                )),
            ],
            ProvenAt is not null,
            RegisteredAt
        );

    public static string NameOf(string familyName, string givenName, string? patronymic) =>
        string.Join(' ', new[] { familyName, givenName, patronymic }.Where(part => part is not null));
}

/// <summary>A role on an organisation: it acts there and on what is below.</summary>
public sealed class RoleAssignment
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public required string Role { get; init; }

    public required Guid OrganisationId { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public Organisation Organisation { get; init; } = null!;
}

/// <summary>That a person agreed to the processing of their data: to which text, when, in which language they read
/// it.</summary>
public sealed class Consent
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid UserId { get; init; }

    public required string TextVersion { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset At { get; init; }
}
