using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.People;

public static class ChangeOwnAccount
{
    public sealed record Request(string? Email, string? Phone, string? Language);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPatch("me", Handle).WithSummary("Change one's own e-mail, phone or language").TakesJson<Request>();

    public static async Task<Ok<UserView>> Handle(HttpContext http, IdentityDb db, CurrentUser current, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        if (request.Email is not null && !Contacts.IsEmail(request.Email))
            errors.Add("email", "email.invalid");
        if (request.Phone is not null && !Contacts.IsPhone(request.Phone))
            errors.Add("phone", "phone.invalid");
        if (request.Language is not null && !Language.All.Contains(request.Language))
            errors.Add("language", "unknown-key");
        errors.ThrowIfAny();

        return await db.InTransactionAsync(async () =>
        {
            await db.TakeUserAsync(current.Id, ct);
            return TypedResults.Ok(UserView.Of(await ChangeAsync(request, db, current, ct)));
        }, ct);
    }

    private static async Task<User> ChangeAsync(Request request, IdentityDb db, CurrentUser current, CancellationToken ct)
    {
        var user = await db.Users.Include(one => one.Assignments).ThenInclude(one => one.Organisation)
            .SingleAsync(one => one.Id == current.Id, ct);
        var before = user.NormalizedEmail;
        user.Email = request.Email ?? user.Email;
        user.NormalizedEmail = Contacts.Normalized(user.Email!);
        user.PhoneNumber = request.Phone ?? user.PhoneNumber;
        user.Language = request.Language ?? user.Language;
        // Whoever reads the mailbox that was given up must not get in by a letter that lies there.
        if (user.NormalizedEmail != before)
            await ResetCodes.EndAsync(db, user.Id, except: null, ct);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.Violates("ix_users_normalized_email"))
        {
            var errors = new Errors();
            errors.Add("email", "email.already-registered");
            errors.ThrowIfAny();
        }
        return user;
    }
}
