using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Access;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;
using PedAtt.Identity.Tokens;

namespace PedAtt.Identity.Features;

/// <summary>A forgotten password, by e-mail. The answers never say whether an address is known.</summary>
public static class Passwords
{
    /// <summary>Letters to one address within an hour: more would only annoy its owner.</summary>
    private const int LettersAnHour = 5;

    public sealed record ForgotRequest(string? Email);

    /// <param name="Token">The code of the letter, or the token of its link: the same.</param>
    public sealed record ResetRequest(string? Token, string? Code, string? Password);

    public static void Map(IEndpointRouteBuilder identity)
    {
        identity.MapPost("password/forgot", Forgot).AllowAnonymous().WithSummary("Ask for a letter with a code")
            .TakesJson<ForgotRequest>();
        identity.MapPost("password/reset", Reset).AllowAnonymous().WithSummary("Set a new password with the code")
            .TakesJson<ResetRequest>();
    }

    public static async Task<NoContent> Forgot(HttpContext http, IdentityDb db, TimeProvider clock, CancellationToken ct)
    {
        var request = await RequestBody.ReadAsync<ForgotRequest>(http, ct);
        var errors = new Errors();
        if (!Contacts.IsEmail(request.Email))
            errors.Add("email", request.Email is null ? "required" : "email.invalid");
        errors.ThrowIfAny();

        var (email, now) = (Contacts.Normalized(request.Email!), clock.Now());
        return await db.InTransactionAsync(async () =>
        {
            await db.TakeTurnAsync($"letters to {email}", ct);
            var recent = await db.PasswordResets.CountAsync(one => one.NormalizedEmail == email && one.RequestedAt > now.AddHours(-1), ct);
            // Known or not, both leave a row: who the letter goes to is found out when it is sent.
            if (recent < LettersAnHour)
            {
                db.PasswordResets.Add(new PasswordReset { NormalizedEmail = email, RequestedAt = now, SendAt = now });
                await db.SaveChangesAsync(ct);
            }
            return TypedResults.NoContent();
        }, ct);
    }

    public static async Task<NoContent> Reset(
        HttpContext http, IdentityDb db, IPasswordHasher<User> hasher, Sessions sessions, TimeProvider clock, CancellationToken ct)
    {
        using var document = await RequestBody.ReadDocumentAsync(http, ct);
        var request = RequestBody.Parse<ResetRequest>(document.RootElement);
        var password = request.Password is null ? null : document.RootElement.GetProperty("password").GetString();
        var errors = new Errors();
        if ((request.Token ?? request.Code) is not { } code)
            errors.Add("token", "required");
        else
        {
            await db.InTransactionAsync(async () =>
            {
                var (hash, now) = (Secrets.Hash(Secrets.Typed(code)), clock.Now());
                if (await db.PasswordResets.AsNoTracking().SingleOrDefaultAsync(one => one.CodeHash == hash, ct) is { UserId: { } owner })
                    await db.TakeUserAsync(owner, ct);
                var reset = await db.PasswordResets.SingleOrDefaultAsync(one => one.CodeHash == hash, ct);
                if (reset is null || reset.ExpiresAt <= now)
                    errors.Add("token", "token.invalid");
                errors.ThrowIfAny();
                var user = await db.Users.SingleAsync(one => one.Id == reset!.UserId, ct);
                if (string.IsNullOrEmpty(password))
                    errors.Add("password", "required");
                else if (PasswordRules.IsWeak(password, user.UserName, user.Email, user.Iin, user.PhoneNumber))
                    errors.Add("password", "password.weak");
                errors.ThrowIfAny();
                user.PasswordHash = hasher.HashPassword(user, password!);
                user.SecurityStamp = Guid.NewGuid().ToString();
                reset!.UsedAt = now;
                await sessions.EndAsync(user.Id, only: null, SessionEnd.PasswordReset, ct);
                await db.SaveChangesAsync(ct);
                await ResetCodes.EndAsync(db, user.Id, except: null, ct);
            }, ct);
        }
        errors.ThrowIfAny();
        return TypedResults.NoContent();
    }
}
