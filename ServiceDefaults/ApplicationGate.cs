using PedAtt.Contracts.Internal;

namespace PedAtt.ServiceDefaults;

/// <summary>
/// Asks Applications, the only judge of who may see an application and of what in it is open (docs/decisions). The services that
/// keep what belongs to an application begin each call here.
/// </summary>
public sealed class ApplicationGate(HttpClient http, CurrentUser user)
{
    /// <summary>What the current user may see of the application.</summary>
    /// <param name="settle">Answered only once a move that is running now has ended.</param>
    /// <exception cref="ProblemException">404 not-found</exception>
    public async Task<ApplicationAccess> AccessAsync(Guid applicationId, CancellationToken ct, bool settle = false)
    {
        var caller = new Caller(
            user.Id, [.. user.Assignments.Select(one => new CallerAssignment(one.Role, one.OrganisationId, one.Level))]);
        return await http.AskAsync<Caller, ApplicationAccess>(
            $"applications/{applicationId}/access?settle={(settle ? "true" : "false")}", caller, ct) ?? throw Problem.NotFound();
    }

    /// <summary>The application without anybody looking at it.</summary>
    /// <exception cref="ProblemException">404 not-found</exception>
    public async Task<ApplicationFacts> FactsAsync(Guid applicationId, CancellationToken ct) =>
        await http.AskAsync<ApplicationFacts>($"applications/{applicationId}", ct) ?? throw Problem.NotFound();
}

public static class ApplicationAccessGuards
{
    /// <exception cref="ProblemException">403 role.not-allowed</exception>
    public static void RequireOwner(this ApplicationAccess access)
    {
        if (!access.IsOwner)
            throw Problem.NotAllowed();
    }

    /// <summary>Nobody acts on their own application in another role.</summary>
    /// <exception cref="ProblemException">403 own-application, role.not-allowed</exception>
    public static void RequireRole(this ApplicationAccess access, string role)
    {
        if (access.IsOwner)
            throw Problem.NotAllowed(access.HeldRoles.Contains(role) ? "own-application" : "role.not-allowed");
        if (!access.Roles.Contains(role))
            throw Problem.NotAllowed();
    }

    /// <summary>Notes that somebody else reads what belongs to the application, in the first role that lets them see it.</summary>
    public static async Task NoteReadingAsync(
        this ServiceDb db, ApplicationAccess access, CurrentUser reader, string subject, Guid subjectId, TimeProvider clock,
        CancellationToken ct)
    {
        if (access.IsOwner)
            return;
        db.Readings.Add(new Reading
        {
            ReaderId = reader.Id,
            Role = access.Roles[0],
            Subject = subject,
            SubjectId = subjectId,
            ApplicationId = access.Facts.Id,
            At = clock.Now(),
        });
        await db.SaveChangesAsync(ct);
    }
}
