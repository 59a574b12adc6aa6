using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Registration;

public static class Register
{
    private const int LongestName = 100;

    /// <summary>The text of the consent to the processing of personal data that is shown since this day.</summary>
    private const string ConsentText = "2026-11-01";

    public sealed record Request(
        string? Login, string? ActivationCode, string? Iin, string? Email, string? Phone, string? Password, string? FamilyName,
        string? GivenName, string? Patronymic, string? Language, bool? Consent);

    public sealed record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("registrations", Handle).AllowAnonymous().WithSummary("Register with an issued login")
            .TakesJson<Request>().Produces<Response>(StatusCodes.Status201Created);

    public static async Task<IResult> Handle(
        HttpContext http, IdentityDb db, UserManager<User> users, TimeProvider clock, CancellationToken ct)
    {
        // A password is taken as it is typed, blanks at its ends included; so it is read beside the trimmed fields.
        using var document = await RequestBody.ReadDocumentAsync(http, ct);
        var request = RequestBody.Parse<Request>(document.RootElement) with
        {
            Password = document.RootElement.TryGetProperty("password", out var typed) && typed.ValueKind == System.Text.Json.JsonValueKind.String
                ? typed.GetString()
                : null,
        };
        var user = await db.InTransactionAsync(async () =>
        {
            var issued = await LoginAsync(request, db, clock, ct);
            var errors = await CheckAsync(request, db, ct);
            errors.ThrowIfAny();
            return await CreateAsync(request, issued, db, users, clock, ct);
        }, ct);
        return TypedResults.Created("/api/identity/me", new Response(user.Id));
    }

    /// <summary>The login is checked first and alone: what it does not open, it tells nothing about.</summary>
    private static async Task<IssuedLogin> LoginAsync(Request request, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        var errors = new Errors();
        var login = request.Login?.ToLowerInvariant();
        if (login is null)
            errors.Add("login", "required");
        errors.ThrowIfAny();
        var issued = await db.IssuedLogins.FromSql($"select * from issued_logins where login = {login} for update").SingleOrDefaultAsync(ct);
        if (issued is null || !IsFor(issued, request) || (issued.UsedAt is null && issued.ExpiresAt <= clock.Now()))
            errors.Add("login", "login.not-issued");
        else if (issued.UsedAt is not null)
            errors.Add("login", "login.already-used");
        errors.ThrowIfAny();
        return issued!;
    }

    /// <summary>A used one is told as such to everybody who knows it: its holder has to sign in instead.</summary>
    private static bool IsFor(IssuedLogin issued, Request request) =>
        issued.UsedAt is not null || ((issued.Iin is null || issued.Iin == request.Iin) && HasTheCode(issued, request));

    /// <summary>Whoever is named by their IIN may leave the code out: the IIN is claimed then, and not proven.</summary>
    private static bool HasTheCode(IssuedLogin issued, Request request) =>
        issued.ActivationCodeHash is null
        || (request.ActivationCode is null && issued.Iin is not null)
        || IsRightCode(issued, request);

    private static bool IsRightCode(IssuedLogin issued, Request request) =>
        issued.ActivationCodeHash is { } hash && request.ActivationCode is { } code
        && CryptographicOperations.FixedTimeEquals(hash, Secrets.Hash(Secrets.Typed(code)));

    private static async Task<Errors> CheckAsync(Request request, IdentityDb db, CancellationToken ct)
    {
        var errors = new Errors();
        if (!Iin.IsValid(request.Iin))
            errors.Add("iin", request.Iin is null ? "required" : "iin.invalid");
        else if (await db.Users.AnyAsync(user => user.Iin == request.Iin, ct))
            errors.Add("iin", "iin.already-registered");
        if (!Contacts.IsEmail(request.Email))
            errors.Add("email", request.Email is null ? "required" : "email.invalid");
        else if (Contacts.Normalized(request.Email!) is var email && await db.Users.AnyAsync(user => user.NormalizedEmail == email, ct))
            errors.Add("email", "email.already-registered");
        if (!Contacts.IsPhone(request.Phone))
            errors.Add("phone", request.Phone is null ? "required" : "phone.invalid");
        if (string.IsNullOrEmpty(request.Password))
            errors.Add("password", "required");
        else if (PasswordRules.IsWeak(request.Password, request.Login, request.Email, request.Iin, request.Phone))
            errors.Add("password", "password.weak");
        CheckName("familyName", request.FamilyName, required: true, errors);
        CheckName("givenName", request.GivenName, required: true, errors);
        CheckName("patronymic", request.Patronymic, required: false, errors);
        if (request.Language is not null && !Language.All.Contains(request.Language))
            errors.Add("language", "unknown-key");
        if (request.Consent != true)
            errors.Add("consent", "consent.required");
        return errors;
    }

    private static void CheckName(string field, string? name, bool required, Errors errors)
    {
        if (name is null && required)
            errors.Add(field, "required");
        if (name?.Length > LongestName)
            errors.Add(field, "field.too-long");
        if (name?.Any(char.IsControl) == true)
            errors.Add(field, "text.control-characters");
    }

    private static async Task<User> CreateAsync(
        Request request, IssuedLogin issued, IdentityDb db, UserManager<User> users, TimeProvider clock, CancellationToken ct)
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
        try
        {
            var created = await users.CreateAsync(user, request.Password!);
            if (!created.Succeeded)
                throw new InvalidOperationException($"A checked registration was refused: {created.Errors.First().Code}");
        }
        catch (DbUpdateException e) when (e.Violates("ix_users_iin") || e.Violates("ix_users_normalized_email"))
        {
            // Somebody registered the same between our look and our write.
            var errors = new Errors();
            errors.Add(e.Violates("ix_users_iin") ? "iin" : "email", e.Violates("ix_users_iin") ? "iin.already-registered" : "email.already-registered");
            errors.ThrowIfAny();
        }
        db.RoleAssignments.Add(new RoleAssignment
        {
            UserId = user.Id,
            Role = issued.Role,
            OrganisationId = issued.OrganisationId,
            GivenAt = now,
        });
        db.Consents.Add(new Consent { UserId = user.Id, TextVersion = ConsentText, Language = user.Language, At = now });
        (issued.UsedAt, issued.UserId) = (now, user.Id);
        await db.SaveChangesAsync(ct);
        return user;
    }
}
