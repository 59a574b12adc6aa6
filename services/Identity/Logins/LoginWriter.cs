using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Logins;

public sealed record LoginRequest(string? Role, Guid? OrganisationId, string? Login, string? Iin, string? FullName);

/// <param name="ActivationCode">
/// To be given with the registration. Where the login is for an IIN, whoever registers with the code has proven that
/// the IIN is theirs.
/// </param>
/// <param name="Warnings"><c>iin.already-registered</c>: somebody has an account with this IIN already.</param>
public sealed record LoginIssued(Guid Id, string Login, string? ActivationCode, IReadOnlyList<string> Warnings);

/// <summary>The rules of issuing a login, for one asked for alone and for a row of a list.</summary>
public static partial class LoginWriter
{
    private const int LongestName = 200;

    /// <summary>Everything that is wrong with what is asked for. Outside one's part of the tree is 403, before the
    /// fields.</summary>
    /// <exception cref="Problem">403 role.not-allowed</exception>
    public static void Check(
        LoginRequest request,
        Organisation? organisation,
        Administration administration,
        Errors errors
    )
    {
        var known = request.Role is not null && RoleTable.Exists(request.Role);
        if (organisation is not null && !administration.Covers(organisation))
            throw Problem.NotAllowed();
        if (!known)
            errors.Add("role", request.Role is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        else if (organisation is not null && !RoleTable.SitsOn(request.Role!, organisation.Level))
            errors.Add("role", Codes.Field.RoleLevel);
        else if (organisation is not null && !administration.MayIssue(request.Role!, organisation))
            throw Problem.NotAllowed();
        if (request.Login is not null && !LoginForm().IsMatch(request.Login))
            errors.Add("login", Codes.Field.LoginInvalid);
        if (request.Iin is not null && !Iin.IsValid(request.Iin))
            errors.Add("iin", FieldCodes.IinInvalid);
        new Fields(errors).Text("fullName", request.FullName, 1..LongestName, required: false);
    }

    /// <summary>
    /// Issues them all in one transaction. Those who issue take turns, so that of two who ask for one login the second
    /// is told; a login that nobody used in its time is free again.
    /// </summary>
    /// <returns>In the order asked for; null where the login is used, waits for its person, or stands earlier in this
    /// list.</returns>
    public static Task<IReadOnlyList<LoginIssued?>> IssueAsync(
        IReadOnlyList<(LoginRequest Request, Organisation Organisation)> asked,
        IdentityDb db,
        Administration administration,
        Guid byId,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        db.InTransactionAsync<IReadOnlyList<LoginIssued?>>(
            async () =>
            {
                await db.TakeTurnAsync("issuing logins", ct);
                var now = clock.Now();
                var named = Named(asked.Select(one => one.Request));
                await db
                    .IssuedLogins.Where(one => named.Contains(one.Login) && one.UsedAt == null && one.ExpiresAt <= now)
                    .ExecuteDeleteAsync(ct);
                var taken = await TakenAsync(named, db, now, ct);
                var registered = await RegisteredAsync(asked.Select(one => one.Request), db, ct);
                var issued = new List<LoginIssued?>();
                foreach (var (request, organisation) in asked)
                    issued.Add(
                        LoginOf(request) is { } login && !taken.Add(login)
                            ? null
                            : Issue(request, organisation, registered, db, administration, byId, now)
                    );
                await db.SaveChangesAsync(ct);
                return issued;
            },
            ct
        );

    /// <summary>Which of the logins that are asked for by name are not to be had.</summary>
    public static Task<HashSet<string>> TakenAsync(
        IEnumerable<LoginRequest> asked,
        IdentityDb db,
        TimeProvider clock,
        CancellationToken ct
    ) => TakenAsync(Named(asked), db, clock.Now(), ct);

    /// <summary>Which of the IINs that are named have an account already.</summary>
    public static async Task<HashSet<string>> RegisteredAsync(
        IEnumerable<LoginRequest> asked,
        IdentityDb db,
        CancellationToken ct
    )
    {
        var iins = asked.Select(one => one.Iin).OfType<string>().Distinct().ToArray();
        return
        [
            .. await db
                .Users.Where(one => iins.Contains(one.Iin) && one.ClosedAt == null)
                .Select(one => one.Iin)
                .ToListAsync(ct),
        ];
    }

    /// <summary>As it is kept.</summary>
    public static string? LoginOf(LoginRequest request) => request.Login?.ToLowerInvariant();

    private static async Task<HashSet<string>> TakenAsync(
        string[] named,
        IdentityDb db,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        [
            .. await db
                .IssuedLogins.Where(one => named.Contains(one.Login) && (one.UsedAt != null || one.ExpiresAt > now))
                .Select(one => one.Login)
                .ToListAsync(ct),
        ];

    private static string[] Named(IEnumerable<LoginRequest> asked) =>
        [.. asked.Select(LoginOf).OfType<string>().Distinct()];

    private static LoginIssued Issue(
        LoginRequest request,
        Organisation organisation,
        HashSet<string> registered,
        IdentityDb db,
        Administration administration,
        Guid byId,
        DateTimeOffset now
    )
    {
        // A teacher's login that names nobody opens nothing but a teacher's account.
        var code = request.Iin is not null || request.Role != Roles.Teacher ? Secrets.ActivationCode() : null;
        var issued = new IssuedLogin
        {
            Login = LoginOf(request) ?? Secrets.Login(request.Role!),
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
        return new LoginIssued(
            issued.Id,
            issued.Login,
            code,
            request.Iin is { } iin && registered.Contains(iin) ? [Codes.Field.IinAlreadyRegistered] : []
        );
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{2,63}\z")]
    private static partial Regex LoginForm();
}
