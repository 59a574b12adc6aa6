using static PedAtt.Identity.Domain.OrganisationTree;

namespace PedAtt.Identity.Domain;

/// <summary>
/// Which role may sit on which level of the tree, and the administrators of which levels may give it or take it away
/// (always inside their own part of the tree). The only place where this is said.
/// </summary>
public static class RoleTable
{
    private static readonly IReadOnlyList<Row> Rows =
    [
        new("teacher", SitsOn: [Organisation], IssuedBy: [Republic, Region, District, Organisation]),
        new("secretary", SitsOn: [Organisation], IssuedBy: [Republic, Region, District, Organisation]),
        new("head", SitsOn: [Organisation, District], IssuedBy: [Republic, Region, District]),
        new("executor", SitsOn: [District, Region, Republic], IssuedBy: [Republic, Region, District]),
        new("commission-member", SitsOn: OrganisationTree.Levels, IssuedBy: [Republic, Region, District, Organisation]),
        new("commission-chair", SitsOn: OrganisationTree.Levels, IssuedBy: [Republic, Region, District, Organisation]),
        // An administrator makes administrators only below themselves; those of the republic have nobody above them.
        new("administrator", SitsOn: [Republic], IssuedBy: [Republic]),
        new("administrator", SitsOn: [Region], IssuedBy: [Republic]),
        new("administrator", SitsOn: [District], IssuedBy: [Republic, Region]),
        new("administrator", SitsOn: [Organisation], IssuedBy: [Republic, Region, District]),
    ];

    public static IEnumerable<string> Roles => Rows.Select(r => r.Role).Distinct();

    public static bool Exists(string role) => Rows.Any(r => r.Role == role);

    public static bool SitsOn(string role, string level) => Rows.Any(r => r.Role == role && r.SitsOn.Contains(level));

    public static bool MayIssue(string administratorLevel, string role, string level) =>
        Rows.Any(r => r.Role == role && r.SitsOn.Contains(level) && r.IssuedBy.Contains(administratorLevel));

    private sealed record Row(string Role, IReadOnlyList<string> SitsOn, IReadOnlyList<string> IssuedBy);
}
