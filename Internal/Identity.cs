namespace PedAtt.Internal;

/// <summary>Asks Identity about people and organisations.</summary>
public sealed class IdentityClient(HttpClient http)
{
    /// <summary>Null where there is no such account.</summary>
    public Task<Person?> PersonAsync(Guid id, CancellationToken ct) => http.AskAsync<Person>($"people/{id}", ct);

    /// <summary>Whose IIN it is; null where nobody's. In a body, because a URL is logged on its way.</summary>
    public Task<Person?> PersonByIinAsync(string iin, CancellationToken ct) =>
        http.AskAsync<ByIinQuery, Person>("people/by-iin", new ByIinQuery(iin), ct);

    /// <summary>Everybody who holds the role on the nearest of these organisations that has anybody in it.</summary>
    public async Task<IReadOnlyList<Person>> PeopleInRoleAsync(
        string role,
        IReadOnlyList<Guid> organisationIds,
        CancellationToken ct
    ) =>
        await http.AskAsync<InRoleQuery, List<Person>>("people/in-role", new InRoleQuery(role, organisationIds), ct)
        ?? [];

    /// <summary>A page of the people who hold one of these roles on the organisation or below it, by id.</summary>
    /// <param name="after">The last one's id of the page before; null: the first page.</param>
    public async Task<IReadOnlyList<Person>> PeopleUnderAsync(
        Guid organisationId,
        IReadOnlyList<string> roles,
        Guid? after,
        CancellationToken ct
    ) =>
        await http.AskAsync<UnderQuery, List<Person>>("people/under", new UnderQuery(organisationId, roles, after), ct)
        ?? [];

    /// <summary>The organisation with all above it; null where there is none.</summary>
    public Task<OrganisationWithPath?> OrganisationAsync(Guid id, CancellationToken ct) =>
        http.AskAsync<OrganisationWithPath>($"organisations/{id}", ct);
}

/// <summary>A person's account as the other services need it.</summary>
/// <param name="Language"><c>kk</c>, <c>ru</c> or <c>en</c>.</param>
/// <param name="Proven">Whether it is known that the account's holder is the person whose IIN it has.</param>
/// <param name="RegisteredAt">Until they are proven, nothing that is older than the account is shown to them.</param>
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
    IReadOnlyList<PersonAssignment> Assignments,
    bool Proven = false,
    DateTimeOffset RegisteredAt = default
);

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
    int Version
);

/// <param name="Path">From the organisation itself up to the republic.</param>
public sealed record OrganisationWithPath(Organisation Organisation, IReadOnlyList<Organisation> Path);

/// <summary>Who holds the role on the nearest of these organisations that has anybody in it.</summary>
public sealed record InRoleQuery(string Role, IReadOnlyList<Guid> OrganisationIds);

/// <summary>Who holds one of the roles on the organisation or below it: the next <see cref="Page"/> after an
/// id.</summary>
public sealed record UnderQuery(Guid OrganisationId, IReadOnlyList<string> Roles, Guid? After)
{
    public const int Page = 500;
}

public sealed record ByIinQuery(string Iin);
