using System.Net;
using System.Text.Json;
using PedAtt.Gateway.Clients;

namespace PedAtt.Gateway.Sessions;

/// <summary>
/// /session: how a browser signs in and out. What the browser may read is the user and the CSRF token, never a token of
/// ours.
/// </summary>
public static class SessionEndpoints
{
    /// <summary>A signature with a chain and a time stamp takes some kilobytes.</summary>
    private const int MaxBody = 64 * 1024;

    public static void MapSession(this WebApplication app)
    {
        var session = app.MapGroup("/session").WithTags("Session");
        session.MapPost("", SignIn).WithSummary("Sign in and get the cookie").TakesJson<Credentials>().Produces(204);
        session.MapGet("", Get).WithSummary("Who is signed in, and the CSRF token for changes").Produces<State>();
        session.MapDelete("", SignOut).WithSummary("Sign out").Produces(204);
        session.MapPost("/end", SignOutByForm).ExcludeFromDescription();
        // Said here, because the pages' route would take every other method for its own and find nothing.
        foreach (var path in new[] { "", "/end" })
            session
                .Map(
                    path,
                    () =>
                    {
                        throw Problem.With(405, SharedCodes.MethodNotAllowed);
                    }
                )
                .ExcludeFromDescription();
    }

    /// <summary>Signing in needs no token yet, and the form that signs out holds it.</summary>
    public static bool ReadsBodyFirst(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.StartsWithSegments("/session", StringComparison.OrdinalIgnoreCase, out var rest)
        && (!rest.HasValue || rest == "/" || rest == "/end");

    private static async Task SignIn(
        HttpContext http,
        SessionStore sessions,
        IdentityClient identity,
        CancellationToken ct
    )
    {
        // Without this another site could sign the browser in under its own account, and read what is then entered.
        if (!Csrf.IsNotForeign(http))
            throw Problem.NotAllowed(Codes.CsrfInvalid);
        var body = await ReadAsync(http.Request, ct);
        using var answer = EdsOf(body) is { } eds
            ? await identity.SignInAsync(http, eds, withEds: true, ct)
            : await identity.SignInAsync(http, body, withEds: false, ct);
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            await PassOnAsync(http, answer, await answer.Content.ReadAsByteArrayAsync(ct));
            return;
        }
        var tokens = await JsonSerializer.DeserializeAsync<TokenPair>(
            await answer.Content.ReadAsStreamAsync(ct),
            Json.Options,
            ct
        );
        var former = http.Features.Get<BrowserSession>();
        SessionCookie.Write(http, await sessions.BeginAsync(tokens!, ct));
        if (former is not null)
            await EndAsync(http, former, sessions, identity);
        http.Response.StatusCode = 204;
    }

    private static async Task Get(HttpContext http, SessionGate gate, IdentityClient identity, CancellationToken ct)
    {
        var (cookie, session) = Current(http);
        using var answer = await identity.MeAsync(http, session, ct);
        var body = await answer.Content.ReadAsByteArrayAsync(ct);
        if (answer.StatusCode is not HttpStatusCode.OK)
        {
            if (answer.StatusCode is HttpStatusCode.Unauthorized)
                await gate.NoteAsync(http, session, body);
            await PassOnAsync(http, answer, body);
            return;
        }
        using var me = JsonDocument.Parse(body);
        await http.Response.WriteAsJsonAsync(new State(me.RootElement, Csrf.TokenOf(cookie)), Json.Options, ct);
    }

    private static async Task SignOut(HttpContext http, SessionStore sessions, IdentityClient identity)
    {
        var (_, session) = Current(http);
        SessionCookie.Clear(http);
        await EndAsync(http, session, sessions, identity);
        http.Response.StatusCode = 204;
    }

    /// <summary>
    /// The pages' button, which works without a script: a form, and the way back to the start page. That it comes from
    /// our own page is enough: the page may have been opened before its reader signed in anew in another window, and
    /// who wants to leave a shared computer must not be refused.
    /// </summary>
    private static async Task SignOutByForm(HttpContext http, SessionStore sessions, IdentityClient identity)
    {
        if (http.Features.Get<BrowserSession>() is { } session)
        {
            if (!Csrf.IsSameOrigin(http))
                throw Problem.NotAllowed(Codes.CsrfInvalid);
            SessionCookie.Clear(http);
            await EndAsync(http, session, sessions, identity);
        }
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = "/";
    }

    /// <summary>
    /// Forgetting the tokens ends the session even where Identity cannot be told: the refresh token is nowhere else,
    /// and the access token never left us.
    /// </summary>
    private static async Task EndAsync(
        HttpContext http,
        BrowserSession session,
        SessionStore sessions,
        IdentityClient identity
    )
    {
        await sessions.EndAsync(session.Id, CancellationToken.None);
        try
        {
            using var _ = await identity.SignOutAsync(http, session, CancellationToken.None);
        }
        catch (Problem e) when (e.Status == 503)
        {
            http.RequestServices.GetRequiredService<ILogger<SessionStore>>()
                .LogWarning("Identity was not told of the end of a session");
        }
    }

    private static (string Cookie, BrowserSession Session) Current(HttpContext http) =>
        http.Features.Get<BrowserSession>() is { } session
            ? (http.Features.Get<CookieHolder>()!.Cookie, session)
            : throw Problem.With(401, SharedCodes.NotSignedIn);

    private static Task PassOnAsync(HttpContext http, HttpResponseMessage answer, byte[] body)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Headers.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait.ToString();
        return http.Response.Body.WriteAsync(body).AsTask();
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var chunk = new byte[4096];
        for (int read; (read = await request.Body.ReadAsync(chunk, ct)) > 0; )
        {
            body.Write(chunk, 0, read);
            if (body.Length > MaxBody)
                throw Problem.With(413, SharedCodes.RequestTooLarge);
        }
        return body.ToArray();
    }

    /// <summary>The object under <c>eds</c>, where there is one: who signs in with ЭЦП sends that instead of login and
    /// password.</summary>
    private static byte[]? EdsOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new() { MaxDepth = 8 });
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("eds", out var eds)
                && eds.ValueKind == JsonValueKind.Object
                ? JsonSerializer.SerializeToUtf8Bytes(eds)
                : null;
        }
        catch (JsonException)
        {
            // Identity says what is wrong with it.
            return null;
        }
    }

    /// <param name="Eds">Instead of the two others: the signature over a text of POST
    /// /api/identity/eds/challenge.</param>
    private sealed record Credentials(string? Login, string? Password, EdsCredentials? Eds);

    private sealed record EdsCredentials(Guid ChallengeId, string Cms);

    /// <param name="User">The shape <c>me</c>, as GET /api/identity/me gives it.</param>
    private sealed record State(JsonElement User, string CsrfToken);
}
