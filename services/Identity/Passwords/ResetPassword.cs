using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Passwords;

/// <summary>Sets a new password with the code of the letter and ends every sign-in.</summary>
public static class ResetPassword
{
    /// <param name="Token">The code of the letter, or the token of its link: the same.</param>
    public sealed record Request(string? Token, string? Code, string? Password);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("password/reset", Handle)
            .AllowAnonymous()
            .WithSummary("Set a new password with the code")
            .TakesJson<Request>();

    public static async Task<NoContent> Handle(
        HttpContext http,
        IdentityDb db,
        IPasswordHasher<User> hasher,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        using var document = await RequestBody.ReadDocumentAsync(http, ct);
        var request = RequestBody.Parse<Request>(document.RootElement);
        var password = request.Password is null ? null : document.RootElement.GetProperty("password").GetString();
        var errors = new Errors();
        if ((request.Token ?? request.Code) is not { } code)
            errors.Add("token", FieldCodes.Required);
        else
        {
            await db.InTransactionAsync(
                async () =>
                {
                    var (hash, now) = (Secrets.Hash(Secrets.Typed(code)), clock.Now());
                    if (
                        await db.PasswordResets.AsNoTracking().SingleOrDefaultAsync(one => one.CodeHash == hash, ct) is
                        { UserId: { } owner }
                    )
                        await db.TakeUserAsync(owner, ct);
                    var reset = await db.PasswordResets.SingleOrDefaultAsync(one => one.CodeHash == hash, ct);
                    if (reset is null || reset.ExpiresAt <= now)
                        errors.Add("token", Codes.Field.TokenInvalid);
                    errors.ThrowIfAny();
                    var user = await db.Users.SingleAsync(one => one.Id == reset!.UserId, ct);
                    if (string.IsNullOrEmpty(password))
                        errors.Add("password", FieldCodes.Required);
                    else if (PasswordRules.IsWeak(password, user.UserName, user.Email, user.Iin, user.PhoneNumber))
                        errors.Add("password", Codes.Field.PasswordWeak);
                    errors.ThrowIfAny();
                    user.PasswordHash = hasher.HashPassword(user, password!);
                    user.SecurityStamp = Guid.NewGuid().ToString();
                    reset!.UsedAt = now;
                    db.SecurityEvents.Add(
                        SecurityEvent.Of(user.Id, SecurityEvent.PasswordReset, http.Connection.RemoteIpAddress, now)
                    );
                    await sessions.EndAsync(user.Id, only: null, SessionEnd.PasswordReset, ct);
                    await db.SaveChangesAsync(ct);
                    await ResetCodes.EndAsync(db, user.Id, except: null, ct);
                },
                ct
            );
        }
        errors.ThrowIfAny();
        return TypedResults.NoContent();
    }
}
