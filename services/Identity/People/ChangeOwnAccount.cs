using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.People;

public static class ChangeOwnAccount
{
    public sealed record Request(string? Email, string? Phone, string? Language);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPatch("me", Handle).WithSummary("Change one's own e-mail, phone or language").TakesJson<Request>();

    public static async Task<Ok<UserView>> Handle(
        HttpContext http,
        IdentityDb db,
        CurrentUser current,
        CancellationToken ct
    )
    {
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        var fields = new Fields(errors);
        if (request.Email is not null)
            fields.Email("email", request.Email);
        if (request.Phone is not null)
            fields.Phone("phone", request.Phone);
        if (request.Language is not null)
            fields.Key("language", request.Language, Language.All.Contains);
        errors.ThrowIfAny();

        return await db.InTransactionAsync(
            async () =>
            {
                await db.TakeTurnsAsync(iin: null, request.Email, ct);
                await db.TakeUserAsync(current.Id, ct);
                return TypedResults.Ok(UserView.Of(await ChangeAsync(request, db, current, ct)));
            },
            ct
        );
    }

    private static async Task<User> ChangeAsync(
        Request request,
        IdentityDb db,
        CurrentUser current,
        CancellationToken ct
    )
    {
        var user = await db
            .Users.Include(one => one.Assignments)
                .ThenInclude(one => one.Organisation)
            .SingleAsync(one => one.Id == current.Id, ct);
        var changes = request.Email is { } email && Contacts.Normalized(email) != user.NormalizedEmail;
        if (changes && await db.IsEmailTakenAsync(request.Email!, ct))
            throw Problem.With(
                400,
                SharedCodes.Validation,
                ("errors", new Dictionary<string, string[]> { ["email"] = [Codes.Field.EmailAlreadyRegistered] })
            );
        user.Email = request.Email ?? user.Email;
        user.NormalizedEmail = Contacts.Normalized(user.Email!);
        user.PhoneNumber = request.Phone ?? user.PhoneNumber;
        user.Language = request.Language ?? user.Language;
        // Whoever reads the mailbox that was given up must not get in by a letter that lies there.
        if (changes)
            await ResetCodes.EndAsync(db, user.Id, except: null, ct);
        await db.SaveChangesAsync(ct);
        return user;
    }
}
