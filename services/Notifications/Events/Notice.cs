namespace PedAtt.Notifications.Events;

/// <summary>What one event tells one audience.</summary>
public sealed record Notice(Audience Audience, string Kind, Text Title, Text Body);

/// <summary>
/// Both state languages are kept, so that a reader who changes theirs reads the old notifications in it too.
/// </summary>
public sealed record Text(string Kk, string Ru)
{
    public string In(string language) => language == "kk" ? Kk : Ru;
}

/// <summary>
/// A person known by id, or whoever holds a role on the nearest of these organisations that has somebody in it.
/// </summary>
public sealed record Audience(Guid? PersonId, string? Role, IReadOnlyList<Guid> OrganisationIds)
{
    public static Audience Teacher(Guid id) => new(id, null, []);

    public static Audience Secretary(IReadOnlyList<Guid> organisationPath) => new(null, "secretary", organisationPath);

    /// <summary>Of the body that accepts; where it has no executor yet, of the next one above it.</summary>
    public static Audience Executor(Guid acceptingOrganisationId, IReadOnlyList<Guid> organisationPath) =>
        new(
            null,
            "executor",
            [acceptingOrganisationId, .. organisationPath.SkipWhile(id => id != acceptingOrganisationId).Skip(1)]
        );

    /// <summary>Of the body that decides and no other: nobody else may decide in its place.</summary>
    public static Audience Chair(Guid decidingOrganisationId) =>
        new(null, "commission-chair", [decidingOrganisationId]);
}
