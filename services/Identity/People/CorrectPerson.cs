using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Identity.People;

/// <summary>
/// An administrator puts right what an account says of its person, with a ground. Papers that were made keep what they
/// said. Another IIN is only claimed until it is proven, and every sign-in ends: the tokens tell the name.
/// </summary>
public static class CorrectPerson
{
    private const int LongestGround = 500;

    /// <param name="Ground">Why: the paper that says so. Kept with the correction.</param>
    public sealed record Request(
        string? Iin,
        string? FamilyName,
        string? GivenName,
        string? Patronymic,
        string? Email,
        string? Phone,
        string? Ground
    );

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPatch("users/{id:guid}", Handle)
            .WithSummary("Correct a person's IIN, name, e-mail or phone, with a ground; what is left out stays")
            .TakesJson<Request>();

    public static async Task<Ok<UserView>> Handle(
        Guid id,
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser current,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        current.Require(Roles.Administrator);
        administration.RequireAbove(await administration.UserAsync(id, ct));
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        request = request with
        {
            FamilyName = PersonName.Clean(request.FamilyName),
            GivenName = PersonName.Clean(request.GivenName),
            Patronymic = PersonName.Clean(request.Patronymic),
        };
        var errors = new Errors();
        var fields = new Fields(errors);
        fields.Text("ground", request.Ground, 3..LongestGround);
        fields.Name("familyName", request.FamilyName, required: false);
        fields.Name("givenName", request.GivenName, required: false);
        fields.Name("patronymic", request.Patronymic, required: false);
        if (request.Iin is not null)
            fields.Require("iin", Iin.IsValid(request.Iin), FieldCodes.IinInvalid);
        if (request.Email is not null)
            fields.Email("email", request.Email);
        if (request.Phone is not null)
            fields.Phone("phone", request.Phone);
        errors.ThrowIfAny();

        return await db.InTransactionAsync(
            async () =>
            {
                await db.TakeTurnsAsync(request.Iin, request.Email, ct);
                var user = await administration.TakeUserAsync(id, ct);
                administration.RequireAbove(user);
                if (user.ClosedAt is not null)
                    throw Problem.Conflict(Codes.AccountClosed, "A closed account is not corrected.");
                if (request.Iin is { } iin && iin != user.Iin)
                    fields.Require("iin", !await db.IsIinTakenAsync(iin, ct), Codes.Field.IinAlreadyRegistered);
                if (request.Email is { } email && Contacts.Normalized(email) != user.NormalizedEmail)
                    fields.Require("email", !await db.IsEmailTakenAsync(email, ct), Codes.Field.EmailAlreadyRegistered);
                errors.ThrowIfAny();

                var changed = Correct(user, request);
                if (changed.Contains("email"))
                    await ResetCodes.EndAsync(db, user.Id, except: null, ct);
                if (changed.Count > 0)
                {
                    var now = clock.Now();
                    await sessions.EndAsync(user.Id, only: null, SessionEnd.Correction, ct);
                    db.SecurityEvents.Add(SecurityEvent.Of(user.Id, SecurityEvent.Corrected, null, now));
                    administration.Note(
                        "user.corrected",
                        user.Id,
                        details: string.Join(' ', changed),
                        ground: request.Ground
                    );
                }
                await db.SaveChangesAsync(ct);
                return TypedResults.Ok(await administration.ViewAsync(user, ct));
            },
            ct
        );
    }

    /// <returns>The fields that are other than before.</returns>
    private static List<string> Correct(User user, Request request)
    {
        var changed = new List<string>();
        if (request.Iin is { } iin && iin != user.Iin)
        {
            (user.Iin, user.ProvenAt, user.ProvenBy) = (iin, null, null);
            changed.Add("iin");
        }
        var name = (user.FamilyName, user.GivenName, user.Patronymic);
        user.FamilyName = request.FamilyName ?? user.FamilyName;
        user.GivenName = request.GivenName ?? user.GivenName;
        user.Patronymic = request.Patronymic ?? user.Patronymic;
        user.Name = User.NameOf(user.FamilyName, user.GivenName, user.Patronymic);
        if (name != (user.FamilyName, user.GivenName, user.Patronymic))
            changed.Add("name");
        if (request.Email is { } email && email != user.Email)
        {
            (user.Email, user.NormalizedEmail) = (email, Contacts.Normalized(email));
            changed.Add("email");
        }
        if (request.Phone is { } phone && phone != user.PhoneNumber)
        {
            user.PhoneNumber = phone;
            changed.Add("phone");
        }
        return changed;
    }
}
