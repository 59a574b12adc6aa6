using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.SignIn;

/// <summary>With login and password; failures are counted by login and address.</summary>
public static class SignInWithPassword
{
    /// <summary>A hash of nothing anybody types: an unknown login takes the time of a known one.</summary>
    private static string? dummy;

    public sealed record Request(string? Login, string? Password);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("tokens", Handle).AllowAnonymous().WithSummary("Sign in").TakesJson<Request>();

    public static async Task<Ok<TokenPair>> Handle(
        HttpContext http,
        IdentityDb db,
        IPasswordHasher<User> hasher,
        SignInAttempts attempts,
        Sessions sessions,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        using var document = await RequestBody.ReadDocumentAsync(http, ct);
        var request = RequestBody.Parse<Request>(document.RootElement);
        var password = request.Password is null ? null : document.RootElement.GetProperty("password").GetString();
        var errors = new Errors();
        if (request.Login is null)
            errors.Add("login", FieldCodes.Required);
        if (string.IsNullOrEmpty(password))
            errors.Add("password", FieldCodes.Required);
        errors.ThrowIfAny();

        var attempt = attempts.Of(request.Login!, http.Connection.RemoteIpAddress);
        await attempts.BeginAsync(attempt, ct);
        var login = request.Login!.ToUpperInvariant();
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(one => one.NormalizedUserName == login, ct);
        // Made before it is known whether it is needed: else the very first unknown login would show by its time.
        dummy ??= hasher.HashPassword(null!, Guid.NewGuid().ToString());
        var right =
            hasher.VerifyHashedPassword(user!, user?.PasswordHash ?? dummy, password!)
            != PasswordVerificationResult.Failed;
        if (
            user is null
            || !right
            || await sessions.BeginAsync(user, SecurityEvent.SignedIn, http.Connection.RemoteIpAddress, ct)
                is not { } pair
        )
        {
            await attempts.FailedAsync(attempt);
            if (user is not null)
            {
                db.SecurityEvents.Add(
                    SecurityEvent.Of(user.Id, SecurityEvent.SignInFailed, http.Connection.RemoteIpAddress, clock.Now())
                );
                await db.SaveChangesAsync(CancellationToken.None);
            }
            throw Problem.With(401, Codes.CredentialsInvalid);
        }
        await attempts.SucceededAsync(attempt, ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(pair);
    }
}
