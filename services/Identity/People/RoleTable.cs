namespace PedAtt.Identity.People;

/// <summary>
/// Which role may sit on which level of the tree, and the administrators of which levels may give it or take it away
/// (always inside their own part of the tree). The only place where this is said.
/// </summary>
public static class RoleTable
{
    private static readonly IReadOnlyList<Row> Rows =
    [
        new(
            Roles.Teacher,
            SitsOn: [Levels.Organisation],
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District, Levels.Organisation]
        ),
        new(
            Roles.Secretary,
            SitsOn: [Levels.Organisation],
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District, Levels.Organisation]
        ),
        new(
            Roles.Head,
            SitsOn: [Levels.Organisation, Levels.District],
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District]
        ),
        new(
            Roles.Executor,
            SitsOn: [Levels.District, Levels.Region, Levels.Republic],
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District]
        ),
        new(
            Roles.CommissionMember,
            SitsOn: Levels.All,
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District, Levels.Organisation]
        ),
        new(
            Roles.CommissionChair,
            SitsOn: Levels.All,
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District, Levels.Organisation]
        ),
        // An administrator makes administrators only below themselves; those of the republic have nobody above them.
        new(Roles.Administrator, SitsOn: [Levels.Republic], IssuedBy: [Levels.Republic]),
        new(Roles.Administrator, SitsOn: [Levels.Region], IssuedBy: [Levels.Republic]),
        new(Roles.Administrator, SitsOn: [Levels.District], IssuedBy: [Levels.Republic, Levels.Region]),
        new(
            Roles.Administrator,
            SitsOn: [Levels.Organisation],
            IssuedBy: [Levels.Republic, Levels.Region, Levels.District]
        ),
    ];

    public static bool Exists(string role) => Rows.Any(r => r.Role == role);

    public static bool SitsOn(string role, string level) => Rows.Any(r => r.Role == role && r.SitsOn.Contains(level));

    public static bool MayIssue(string administratorLevel, string role, string level) =>
        Rows.Any(r => r.Role == role && r.SitsOn.Contains(level) && r.IssuedBy.Contains(administratorLevel));

    private sealed record Row(string Role, IReadOnlyList<string> SitsOn, IReadOnlyList<string> IssuedBy);
}
