using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Access;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Features;

public static partial class IssueLogin
{
    private const int LongestName = 200;

    public sealed record Request(string? Role, Guid? OrganisationId, string? Login, string? Iin, string? FullName);

    public sealed record Response(Guid Id, string Login, string? ActivationCode);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("logins", Handle).WithIdempotency().WithSummary("Issue a login").Accepts<Request>("application/json")
            .Produces<Response>(StatusCodes.Status201Created);

    public static async Task<IResult> Handle(
        HttpContext http, IdentityDb db, Administration administration, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        user.Require(Roles.Administrator);
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        var organisation = request.OrganisationId is { } id
            ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct)
            : null;
        if (organisation is null)
            errors.Add("organisationId", request.OrganisationId is null ? "required" : "unknown-key");
        Check(request, organisation, administration, errors);
        errors.ThrowIfAny();
        var issued = await IssueAsync(request, organisation!, db, administration, user.Id, clock, ct) ?? throw Taken();
        return TypedResults.Created($"/api/identity/logins/{issued.Id}", issued);
    }

    /// <summary>Everything that is wrong with what is asked for. Outside one's part of the tree is 403, before the fields.</summary>
    /// <exception cref="ProblemException">403 role.not-allowed</exception>
    public static void Check(Request request, Organisation? organisation, Administration administration, Errors errors)
    {
        var known = request.Role is not null && RoleTable.Exists(request.Role);
        if (organisation is not null && !administration.Covers(organisation))
            throw Problem.NotAllowed();
        if (!known)
            errors.Add("role", request.Role is null ? "required" : "unknown-key");
        else if (organisation is not null && !RoleTable.SitsOn(request.Role!, organisation.Level))
            errors.Add("role", "role.level");
        else if (organisation is not null && !administration.MayIssue(request.Role!, organisation))
            throw Problem.NotAllowed();
        if (request.Login is not null && !LoginForm().IsMatch(request.Login))
            errors.Add("login", "login.invalid");
        if (request.Iin is not null && !Iin.IsValid(request.Iin))
            errors.Add("iin", "iin.invalid");
        if (request.FullName?.Length > LongestName)
            errors.Add("fullName", "field.too-long");
    }

    /// <returns>Null where the login was issued before, used or not.</returns>
    public static async Task<Response?> IssueAsync(
        Request request, Organisation organisation, IdentityDb db, Administration administration, Guid byId, TimeProvider clock,
        CancellationToken ct)
    {
        var login = (request.Login ?? Secrets.Login(request.Role!)).ToLowerInvariant();
        // Whoever is named by their IIN needs no code; a teacher's login alone opens nothing but a teacher's account.
        var code = request.Iin is null && request.Role != Roles.Teacher ? Secrets.ActivationCode() : null;
        var now = clock.Now();
        return await db.InTransactionAsync(async () =>
        {
            await db.TakeTurnAsync($"login {login}", ct);
            if (await db.IssuedLogins.AnyAsync(one => one.Login == login, ct))
                return null;
            var issued = new IssuedLogin
            {
                Login = login,
                Role = request.Role!,
                OrganisationId = organisation.Id,
                Iin = request.Iin,
                FullName = request.FullName,
                ActivationCodeHash = code is null ? null : Secrets.Hash(Secrets.Typed(code)),
                IssuedById = byId,
                IssuedAt = now,
                ExpiresAt = now + SessionRules.IssuedLogin,
            };
            db.IssuedLogins.Add(issued);
            administration.Note("login.issued", issued.Id, organisation.Id, request.Role);
            await db.SaveChangesAsync(ct);
            return new Response(issued.Id, login, code);
        }, ct);
    }

    private static RuleViolationException Taken() => new("login.already-issued", "A login is issued once.");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{2,63}\z")]
    private static partial Regex LoginForm();
}
