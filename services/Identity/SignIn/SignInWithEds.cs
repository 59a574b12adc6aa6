using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;

namespace PedAtt.Identity.SignIn;

/// <summary>
/// Signing in with ЭЦП: a text is given out, signed by the person's key, and good once. It says what it is for and
/// where, so that no other site can pass it on; no document looks like it, so neither signature can stand for the
/// other.
/// </summary>
public static class SignInWithEds
{
    /// <param name="Password">
    /// Of the account that was registered with this IIN but never proven to be its holder's: who has both, the key and
    /// the password, is.
    /// </param>
    public sealed record Request(Guid? ChallengeId, string? Cms, string? Password);

    /// <param name="Challenge">The bytes to be signed, in base64.</param>
    public sealed record Response(Guid Id, string Challenge, DateTimeOffset Expires);

    public static void Map(IEndpointRouteBuilder identity)
    {
        identity
            .MapPost("eds/challenge", Challenge)
            .AllowAnonymous()
            .WithSummary("A text to sign in with, good once and for five minutes");
        identity
            .MapPost("tokens/eds", Handle)
            .AllowAnonymous()
            .WithSummary("Sign in with the signature over the text")
            .TakesJson<Request>();
    }

    public static async Task<Ok<Response>> Challenge(
        HttpContext http,
        IdentityDb db,
        IConfiguration configuration,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await RequestBody.ReadNothingAsync(http, ct);
        var expires = clock.Now() + SessionRules.Challenge;
        var challenge = new SignInChallenge
        {
            Text = TextOf(Authentication.PublicUrl(configuration), expires),
            ExpiresAt = expires,
        };
        db.SignInChallenges.Add(challenge);
        await db.SaveChangesAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(
            new Response(challenge.Id, Convert.ToBase64String(Encoding.UTF8.GetBytes(challenge.Text)), expires)
        );
    }

    public static async Task<Ok<TokenPair>> Handle(
        HttpContext http,
        IdentityDb db,
        DocumentsClient documents,
        Sessions sessions,
        UnprovenAccounts unproven,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        using var document = await RequestBody.ReadDocumentAsync(http, ct);
        var request = RequestBody.Parse<Request>(document.RootElement);
        // A password is taken as it is typed, blanks at its ends included.
        var password = request.Password is null ? null : document.RootElement.GetProperty("password").GetString();
        var errors = new Errors();
        if (request.ChallengeId is null)
            errors.Add("challengeId", FieldCodes.Required);
        if (request.Cms is null)
            errors.Add("cms", FieldCodes.Required);
        errors.ThrowIfAny();

        var text =
            await TakeAsync(db, request.ChallengeId!.Value, clock.Now(), ct)
            ?? throw Problem.With(401, Codes.ChallengeInvalid);
        var signature = await documents.SignInAsync(
            new SignInSignatureQuery(Encoding.UTF8.GetBytes(text), request.Cms!),
            ct
        );
        if (signature.Iin is not { } iin)
            throw new Problem(
                signature.Code == Codes.SignatureRevocationUnknown ? 503 : 422,
                signature.Code ?? Codes.SignatureMalformed
            );
        var user = await db
            .Users.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Iin == iin && one.ClosedAt == null, ct);
        if (user?.ProvenAt is null)
            user = await unproven.OpenAsync(user, iin, password, http.Connection.RemoteIpAddress, ct);
        var pair =
            await sessions.BeginAsync(user, SecurityEvent.SignedInWithEds, http.Connection.RemoteIpAddress, ct)
            ?? throw Problem.With(401, Codes.CredentialsInvalid);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(pair);
    }

    /// <summary>Whoever deletes the row has it: two tries at once are one.</summary>
    private static async Task<string?> TakeAsync(IdentityDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var challenge = await db
            .SignInChallenges.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == id && one.ExpiresAt > now, ct);
        return challenge is not null && await db.SignInChallenges.Where(one => one.Id == id).ExecuteDeleteAsync(ct) == 1
            ? challenge.Text
            : null;
    }

    /// <summary>Read by who looks at what they sign; its first words are no document's.</summary>
    private static string TextOf(string origin, DateTimeOffset expires) =>
        $"""
            sign in to {origin}
            {origin} жүйесіне кіру. Бұл мәтінге қол қою басқа ештеңені білдірмейді.
            Вход в систему {origin}. Подпись под этим текстом больше ничего не означает.
            {expires:u} {Secrets.Token()}
            """;
}
