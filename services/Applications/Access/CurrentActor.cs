using PedAtt.Applications.Life;

namespace PedAtt.Applications.Access;

/// <summary>The signed-in user before an application: whether they see it, and what they may do. 404 comes before any
/// 403.</summary>
public sealed class CurrentActor(CurrentUser user)
{
    private IReadOnlyList<HeldRole>? roles;

    /// <summary>The user's roles that have to do with applications.</summary>
    public IReadOnlyList<HeldRole> Roles =>
        roles ??= HeldRole.Of(user.Assignments.Select(one => (one.Role, one.OrganisationId, one.Level)));

    public Actor Actor => new(user.Id, user.Name);

    /// <summary>The application, if the user sees it.</summary>
    /// <exception cref="Problem">404 not-found</exception>
    public Application RequireSeen(Application? application) =>
        application is not null && Visibility.Seen(application, user.Id, Roles).Count > 0
            ? application
            : throw Problem.NotFound();

    /// <summary>The application, if the user sees it and this action is their role's; whether it is allowed now is the
    /// table's to say.</summary>
    /// <exception cref="Problem">404 not-found; 403 role.not-allowed, own-application</exception>
    public Application RequireRole(Application? application, ApplicationAction action)
    {
        var seen = RequireSeen(application);
        var by = ApplicationLifecycle.By(action);
        if (ActsIn(seen).Contains(by))
            return seen;
        throw Problem.NotAllowed(
            seen.TeacherId == user.Id && Visibility.Held(seen, Roles).Contains(by)
                ? SharedCodes.OwnApplication
                : SharedCodes.RoleNotAllowed
        );
    }

    /// <summary>The roles in which the user may act on the application.</summary>
    public IReadOnlyList<Role> ActsIn(Application application) =>
        application.TeacherId == user.Id ? [Role.Teacher] : Visibility.Held(application, Roles);

    /// <summary>The role to note in the log of readings; null for the teacher's own.</summary>
    public string? ReadsAs(Application application) =>
        application.TeacherId == user.Id ? null : KebabCase.Of(Visibility.Seen(application, user.Id, Roles)[0]);
}
