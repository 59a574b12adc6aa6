namespace PedAtt.Contracts.Internal;

/// <summary>A person's account as the other services need it.</summary>
/// <param name="Language"><c>kk</c>, <c>ru</c> or <c>en</c>.</param>
public sealed record Person(
    Guid Id,
    string Login,
    string Iin,
    string Name,
    string FamilyName,
    string GivenName,
    string? Patronymic,
    string Email,
    string Phone,
    string Language,
    IReadOnlyList<PersonAssignment> Assignments);

public sealed record PersonAssignment(string Role, Guid OrganisationId, string Level);

public sealed record Organisation(
    Guid Id,
    Guid? ParentId,
    string Level,
    string Kind,
    string NameKk,
    string NameRu,
    string Bin,
    string Kato,
    string Subordination,
    int Version);

/// <param name="Path">From the organisation itself up to the republic.</param>
public sealed record OrganisationWithPath(Organisation Organisation, IReadOnlyList<Organisation> Path);

/// <summary>Who holds the role on the nearest of these organisations that has anybody in it.</summary>
public sealed record InRoleQuery(string Role, IReadOnlyList<Guid> OrganisationIds);

public sealed record ByIinQuery(string Iin);

/// <summary>Sessions ended in the last access token's lifetime; <paramref name="Now"/> is what to ask from next time.</summary>
public sealed record EndedSessions(DateTimeOffset Now, IReadOnlyList<Guid> Sessions);
