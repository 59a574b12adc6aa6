namespace PedAtt.Identity.Domain;

/// <summary>Which level stands under which, and to whom an organisation of a level may be subordinate (the Rules, п.19).</summary>
public static class OrganisationTree
{
    public const string Republic = "republic";
    public const string Region = "region";
    public const string District = "district";
    public const string Organisation = "organisation";

    /// <summary>From the top down.</summary>
    public static readonly IReadOnlyList<string> Levels = [Republic, Region, District, Organisation];

    private static readonly IReadOnlyList<Place> Table =
    [
        new(Republic, Under: null, ["republic"]),
        new(Region, Under: Republic, ["republic"]),
        new(District, Under: Region, ["region"]),
        new(Organisation, Under: District, ["district"]),
        new(Organisation, Under: Region, ["region", "branch"]),
        new(Organisation, Under: Republic, ["republic", "branch"]),
    ];

    public static bool Fits(string level, string? parentLevel) => Table.Any(p => p.Level == level && p.Under == parentLevel);

    public static IReadOnlyList<string> Subordinations(string level, string? parentLevel) =>
        Table.FirstOrDefault(p => p.Level == level && p.Under == parentLevel)?.Subordinations ?? [];

    /// <summary>Kinds of organisations in the Rules; the bodies of the tree above them are <c>education-authority</c>.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "education-authority", "preschool", "school", "lyceum", "gymnasium", "boarding-school", "special-school",
        "correction-centre", "orphanage", "dormitory", "additional-education", "college", "training-complex",
        "methodical-centre", "other",
    ];

    private sealed record Place(string Level, string? Under, IReadOnlyList<string> Subordinations);
}
