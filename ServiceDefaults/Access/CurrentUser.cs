using System.Security.Claims;
using System.Text.Json;

namespace PedAtt.ServiceDefaults.Access;

/// <summary>Who makes this request, as their access token says it. Reading a property without a signed-in user is a
/// bug.</summary>
public sealed class CurrentUser(IHttpContextAccessor http)
{
    private IReadOnlyList<Assignment>? assignments;

    public Guid Id => Guid.Parse(Claim("sub"));

    public Guid SessionId => Guid.Parse(Claim("sid"));

    public string Name => Claim("name");

    public string Login => Claim("login");

    public IReadOnlyList<Assignment> Assignments =>
        assignments ??= JsonSerializer.Deserialize<Assignment[]>(Claim("assignments"), Json.Options)!;

    public bool Has(string role) => Assignments.Any(assignment => assignment.Role == role);

    /// <summary>Whether the user holds the role on one of these organisations (an organisation and all above
    /// it).</summary>
    public bool Has(string role, IReadOnlyCollection<Guid> path) =>
        Assignments.Any(assignment => assignment.Role == role && path.Contains(assignment.OrganisationId));

    /// <exception cref="Problem">403 role.not-allowed</exception>
    public void Require(string role)
    {
        if (!Has(role))
            throw Problem.NotAllowed();
    }

    private ClaimsPrincipal? Principal => http.HttpContext?.User;

    private string Claim(string type) =>
        Principal?.FindFirstValue(type) ?? throw new InvalidOperationException($"The token carries no {type}.");
}
