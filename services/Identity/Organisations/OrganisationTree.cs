namespace PedAtt.Identity.Organisations;

/// <summary>Which level stands under which, and to whom an organisation of a level may be subordinate (the Rules,
/// п.19).</summary>
public static class OrganisationTree
{
    private static readonly IReadOnlyList<Place> Table =
    [
        new(Levels.Republic, Under: null, ["republic"]),
        new(Levels.Region, Under: Levels.Republic, ["republic"]),
        new(Levels.District, Under: Levels.Region, ["region"]),
        new(Levels.Organisation, Under: Levels.District, ["district"]),
        new(Levels.Organisation, Under: Levels.Region, ["region", "branch"]),
        new(Levels.Organisation, Under: Levels.Republic, ["republic", "branch"]),
    ];

    public static bool Fits(string level, string? parentLevel) =>
        Table.Any(p => p.Level == level && p.Under == parentLevel);

    public static IReadOnlyList<string> Subordinations(string level, string? parentLevel) =>
        Table.FirstOrDefault(p => p.Level == level && p.Under == parentLevel)?.Subordinations ?? [];

    /// <summary>Kinds of organisations in the Rules; the bodies of the tree above them are
    /// <c>education-authority</c>.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "education-authority",
        "preschool",
        "school",
        "lyceum",
        "gymnasium",
        "boarding-school",
        "special-school",
        "correction-centre",
        "orphanage",
        "dormitory",
        "additional-education",
        "college",
        "training-complex",
        "methodical-centre",
        "other",
    ];

    private sealed record Place(string Level, string? Under, IReadOnlyList<string> Subordinations);
}
