using PedAtt.Applications.Domain;

namespace PedAtt.Applications.Access;

/// <summary>The signed-in user before an application: whether they see it, and what they may do. 404 comes before any 403.</summary>
public sealed class Seats(CurrentUser user)
{
    private IReadOnlyList<Post>? posts;

    /// <summary>The user's roles that have to do with applications.</summary>
    public IReadOnlyList<Post> Posts => posts ??= Of(user.Assignments.Select(one => (one.Role, one.OrganisationId, one.Level)));

    public Actor Actor => new(user.Id, user.Name);

    public static IReadOnlyList<Post> Of(IEnumerable<(string Role, Guid OrganisationId, string Level)> assignments) =>
    [
        .. from assignment in assignments
           let role = Words.Parse<Party>(assignment.Role)
           let level = Words.Parse<Level>(assignment.Level)
           where role is not null && level is not null
           select new Post(role.Value, assignment.OrganisationId, level.Value),
    ];

    /// <summary>The application, if the user sees it.</summary>
    /// <exception cref="Problem">404 not-found</exception>
    public Application See(Application? application) =>
        application is not null && Visibility.Seen(application, user.Id, Posts).Count > 0 ? application : throw Problem.NotFound();

    /// <summary>The application, if the user sees it and this action is their role's; whether it is allowed now is the table's to say.</summary>
    /// <exception cref="Problem">404 not-found; 403 role.not-allowed, own-application</exception>
    public Application Take(Application? application, ApplicationAction action)
    {
        var seen = See(application);
        var by = ApplicationLifecycle.By(action);
        if (ActsIn(seen).Contains(by))
            return seen;
        throw Problem.NotAllowed(
            seen.TeacherId == user.Id && Visibility.Held(seen, Posts).Contains(by) ? "own-application" : "role.not-allowed");
    }

    /// <summary>The roles in which the user may act on the application.</summary>
    public IReadOnlyList<Party> ActsIn(Application application) =>
        application.TeacherId == user.Id ? [Party.Teacher] : Visibility.Held(application, Posts);

    /// <summary>The role to note in the log of readings; null for the teacher's own.</summary>
    public string? ReadsAs(Application application) =>
        application.TeacherId == user.Id ? null : Words.Of(Visibility.Seen(application, user.Id, Posts)[0]);
}
