using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Identity.Access;

public sealed record LoginRequest(string? Role, Guid? OrganisationId, string? Login, string? Iin, string? FullName);

public sealed record LoginIssued(Guid Id, string Login, string? ActivationCode);

/// <summary>The rules of issuing a login, for one asked for alone and for a row of a list.</summary>
public static partial class LoginIssuing
{
    private const int LongestName = 200;

    /// <summary>Everything that is wrong with what is asked for. Outside one's part of the tree is 403, before the fields.</summary>
    /// <exception cref="ProblemException">403 role.not-allowed</exception>
    public static void Check(LoginRequest request, Organisation? organisation, Administration administration, Errors errors)
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
    public static async Task<LoginIssued?> IssueAsync(
        LoginRequest request, Organisation organisation, IdentityDb db, Administration administration, Guid byId, TimeProvider clock,
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
            return new LoginIssued(issued.Id, login, code);
        }, ct);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{2,63}\z")]
    private static partial Regex LoginForm();
}
