namespace PedAtt.Applications.Domain;

/// <summary>A role that somebody holds on an organisation.</summary>
public sealed record Post(Party Role, Guid OrganisationId, Level Level);

/// <summary>
/// Who may see an application. Whoever this does not let see it gets 404. Its teacher always may, and only as its teacher:
/// nobody looks at or acts on their own application in another role.
/// </summary>
public static class Visibility
{
    /// <summary>What others than its teacher find in their lists, by role; nobody's list has a draft or a withdrawal.</summary>
    public static readonly IReadOnlyDictionary<Party, IReadOnlyList<ApplicationStatus>> Listed =
        new Dictionary<Party, IReadOnlyList<ApplicationStatus>>
        {
            [Party.Secretary] = [.. Enum.GetValues<ApplicationStatus>().Where(IsListed)],
            // What was once forwarded stays in view, whatever became of it since.
            [Party.Executor] = [.. Enum.GetValues<ApplicationStatus>().Where(IsListed)],
            [Party.CommissionMember] = Decided,
            [Party.CommissionChair] = Decided,
        };

    private static IReadOnlyList<ApplicationStatus> Decided =>
    [
        ApplicationStatus.SentToCommission, ApplicationStatus.Meets, ApplicationStatus.DoesNotMeet, ApplicationStatus.OneLevelLower,
    ];

    /// <summary>The roles in which somebody sees the application; none: it does not exist for them.</summary>
    public static IReadOnlyList<Party> Seen(Application application, Guid userId, IEnumerable<Post> posts)
    {
        if (application.TeacherId == userId)
            return [Party.Teacher];
        return [.. posts.Where(post => Sees(application, post)).Select(post => post.Role).Distinct().Order()];
    }

    /// <summary>The roles that somebody holds over the application, whatever stage it has reached: what they may act in.</summary>
    public static IReadOnlyList<Party> Held(Application application, IEnumerable<Post> posts) =>
        [.. posts.Where(post => Holds(application, post)).Select(post => post.Role).Distinct().Order()];

    /// <summary>Territory and level: the secretary's organisation or one above; for the others the one body that is competent.</summary>
    private static bool Holds(Application application, Post post) => post.Role switch
    {
        Party.Secretary => application.OrganisationPath.Contains(post.OrganisationId),
        Party.Executor => application.AcceptingOrganisationId == post.OrganisationId,
        Party.CommissionMember or Party.CommissionChair => application.DecidingOrganisationId == post.OrganisationId,
        _ => false,
    };

    private static bool Sees(Application application, Post post) => post.Role switch
    {
        Party.Secretary => application.Status != ApplicationStatus.New && Holds(application, post),
        Party.Executor => application.ForwardedTo.Contains(post.OrganisationId),
        Party.CommissionMember or Party.CommissionChair => Decided.Contains(application.Status) && Holds(application, post),
        _ => false,
    };

    private static bool IsListed(ApplicationStatus status) => status is not (ApplicationStatus.New or ApplicationStatus.Withdrawn);
}
