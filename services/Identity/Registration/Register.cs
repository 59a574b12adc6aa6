using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Registration;

public static class Register
{
    /// <summary>The text of the consent to the processing of personal data that is shown since this day.</summary>
    private const string ConsentText = "2026-11-01";

    public sealed record Request(
        string? Login,
        string? ActivationCode,
        string? Iin,
        string? Email,
        string? Phone,
        string? Password,
        string? FamilyName,
        string? GivenName,
        string? Patronymic,
        string? Language,
        bool? Consent
    );

    public sealed record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("registrations", Handle)
            .AllowAnonymous()
            .WithSummary("Register with an issued login")
            .TakesJson<Request>()
            .Produces<Response>(StatusCodes.Status201Created);

    public static async Task<IResult> Handle(
        HttpContext http,
        IdentityDb db,
        UserManager<User> users,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        // A password is taken as it is typed, blanks at its ends included; so it is read beside the trimmed fields.
        using var document = await RequestBody.ReadDocumentAsync(http, ct);
        var request = RequestBody.Parse<Request>(document.RootElement) with
        {
            Password =
                document.RootElement.TryGetProperty("password", out var typed)
                && typed.ValueKind == System.Text.Json.JsonValueKind.String
                    ? typed.GetString()
                    : null,
        };
        request = request with
        {
            FamilyName = PersonName.Clean(request.FamilyName),
            GivenName = PersonName.Clean(request.GivenName),
            Patronymic = PersonName.Clean(request.Patronymic),
        };
        var user = await db.InTransactionAsync(
            async () =>
            {
                var issued = await LoginAsync(request, db, clock, ct);
                var errors = await CheckAsync(request, db, ct);
                errors.ThrowIfAny();
                return await CreateAsync(request, issued, db, users, clock, ct);
            },
            ct
        );
        return TypedResults.Created("/api/identity/me", new Response(user.Id));
    }

    /// <summary>The login is checked first and alone: what it does not open, it tells nothing about.</summary>
    private static async Task<IssuedLogin> LoginAsync(
        Request request,
        IdentityDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var errors = new Errors();
        var login = request.Login?.ToLowerInvariant();
        if (login is null)
            errors.Add("login", FieldCodes.Required);
        errors.ThrowIfAny();
        var issued = await db
            .IssuedLogins.FromSql($"select * from issued_logins where login = {login} for update")
            .SingleOrDefaultAsync(ct);
        if (issued is null || !IsFor(issued, request) || (issued.UsedAt is null && issued.ExpiresAt <= clock.Now()))
            errors.Add("login", Codes.Field.LoginNotIssued);
        else if (issued.UsedAt is not null)
            errors.Add("login", Codes.Field.LoginAlreadyUsed);
        errors.ThrowIfAny();
        return issued!;
    }

    /// <summary>A used one is told as such to everybody who knows it: its holder has to sign in instead.</summary>
    private static bool IsFor(IssuedLogin issued, Request request) =>
        issued.UsedAt is not null || ((issued.Iin is null || issued.Iin == request.Iin) && HasTheCode(issued, request));

    /// <summary>Whoever is named by their IIN may leave the code out: the IIN is claimed then, and not
    /// proven.</summary>
    private static bool HasTheCode(IssuedLogin issued, Request request) =>
        issued.ActivationCodeHash is null
        || (request.ActivationCode is null && issued.Iin is not null)
        || IsRightCode(issued, request);

    private static bool IsRightCode(IssuedLogin issued, Request request) =>
        issued.ActivationCodeHash is { } hash
        && request.ActivationCode is { } code
        && CryptographicOperations.FixedTimeEquals(hash, Secrets.Hash(Secrets.Typed(code)));

    /// <summary>All that is wrong at once.</summary>
    private static async Task<Errors> CheckAsync(Request request, IdentityDb db, CancellationToken ct)
    {
        var errors = new Errors();
        var fields = new Fields(errors);
        fields.Email("email", request.Email);
        fields.Phone("phone", request.Phone);
        fields.Name("familyName", request.FamilyName);
        fields.Name("givenName", request.GivenName);
        fields.Name("patronymic", request.Patronymic, required: false);
        if (fields.Required("iin", request.Iin))
            fields.Require("iin", Iin.IsValid(request.Iin), FieldCodes.IinInvalid);
        if (string.IsNullOrEmpty(request.Password))
            fields.Wrong("password", FieldCodes.Required);
        else if (PasswordRules.IsWeak(request.Password, request.Login, request.Email, request.Iin, request.Phone))
            fields.Wrong("password", Codes.Field.PasswordWeak);
        if (request.Language is not null)
            fields.Key("language", request.Language, Language.All.Contains);
        fields.Require("consent", request.Consent == true, Codes.Field.ConsentRequired);

        var (iin, email) = (errors.Has("iin") ? null : request.Iin, errors.Has("email") ? null : request.Email);
        await db.TakeTurnsAsync(iin, email, ct);
        if (iin is not null)
            fields.Require("iin", !await db.IsIinTakenAsync(iin, ct), Codes.Field.IinAlreadyRegistered);
        if (email is not null)
            fields.Require("email", !await db.IsEmailTakenAsync(email, ct), Codes.Field.EmailAlreadyRegistered);
        return errors;
    }

    private static async Task<User> CreateAsync(
        Request request,
        IssuedLogin issued,
        IdentityDb db,
        UserManager<User> users,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var now = clock.Now();
        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = issued.Login,
            Iin = request.Iin!,
            Email = request.Email,
            PhoneNumber = request.Phone,
            FamilyName = request.FamilyName!,
            GivenName = request.GivenName!,
            Patronymic = request.Patronymic,
            Name = User.NameOf(request.FamilyName!, request.GivenName!, request.Patronymic),
            Language = request.Language ?? Language.Russian,
            RegisteredAt = now,
        };
        if (issued.Iin is not null && IsRightCode(issued, request))
            (user.ProvenAt, user.ProvenBy) = (now, Proof.ActivationCode);
        var created = await users.CreateAsync(user, request.Password!);
        if (!created.Succeeded)
            throw new InvalidOperationException($"A checked registration was refused: {created.Errors.First().Code}");
        db.RoleAssignments.Add(
            new RoleAssignment
            {
                UserId = user.Id,
                Role = issued.Role,
                OrganisationId = issued.OrganisationId,
                GivenAt = now,
            }
        );
        db.Consents.Add(
            new Consent
            {
                UserId = user.Id,
                TextVersion = ConsentText,
                Language = user.Language,
                At = now,
            }
        );
        (issued.UsedAt, issued.UserId) = (now, user.Id);
        await db.SaveChangesAsync(ct);
        return user;
    }
}
