using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;

namespace PedAtt.Applications.Access;

/// <summary>A role that somebody holds on an organisation.</summary>
public sealed record HeldRole(Role Role, Guid OrganisationId, Level Level)
{
    /// <summary>Of a token's assignments those that have to do with applications.</summary>
    public static IReadOnlyList<HeldRole> Of(
        IEnumerable<(string Role, Guid OrganisationId, string Level)> assignments
    ) =>
        [
            .. from assignment in assignments
            let role = KebabCase.Parse<Role>(assignment.Role)
            let level = KebabCase.Parse<Level>(assignment.Level)
            where role is not null && level is not null
            select new HeldRole(role.Value, assignment.OrganisationId, level.Value),
        ];
}

/// <summary>
/// Who may see an application. Whoever this does not let see it gets 404. Its teacher always may, and only as its
/// teacher: nobody looks at or acts on their own application in another role.
/// </summary>
public static class Visibility
{
    /// <summary>What others than its teacher find in their lists; nobody's list has a draft or a withdrawal.</summary>
    public static IReadOnlyList<ApplicationStatus> ListedFor(Role role) =>
        ApplicationLifecycle.Where(facts => facts.IsListed && facts.SeenBy.Contains(role));

    /// <summary>The roles in which somebody sees the application; none: it does not exist for them.</summary>
    public static IReadOnlyList<Role> Seen(Application application, Guid userId, IEnumerable<HeldRole> heldRoles)
    {
        if (application.TeacherId == userId)
            return [Role.Teacher];
        return [.. heldRoles.Where(held => Sees(application, held)).Select(held => held.Role).Distinct().Order()];
    }

    /// <summary>The roles that somebody holds over the application, whatever stage it has reached: what they may act
    /// in.</summary>
    public static IReadOnlyList<Role> Held(Application application, IEnumerable<HeldRole> heldRoles) =>
        [.. heldRoles.Where(held => Holds(application, held)).Select(held => held.Role).Distinct().Order()];

    /// <summary>Territory and level: the secretary's organisation or one above; for the others the one body that is
    /// competent.</summary>
    private static bool Holds(Application application, HeldRole held) =>
        held.Role switch
        {
            Role.Secretary => application.OrganisationPath.Contains(held.OrganisationId),
            Role.Executor => application.AcceptingOrganisationId == held.OrganisationId,
            Role.CommissionMember or Role.CommissionChair => application.DecidingOrganisationId == held.OrganisationId,
            _ => false,
        };

    private static bool Sees(Application application, HeldRole held) =>
        application.Facts.SeenBy.Contains(held.Role)
        // What was once forwarded stays in view, whatever became of it since.
        && (
            held.Role == Role.Executor
                ? application.ForwardedTo.Contains(held.OrganisationId)
                : Holds(application, held)
        );
}
