using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;

namespace PedAtt.Portfolio.Clients;

/// <summary>Asks Applications, the only judge of who may see an application and of what in it is open.</summary>
public sealed class ApplicationsClient(HttpClient http, CurrentUser user)
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
}
