using System.Net.Http.Headers;
using System.Text.Json;
using PedAtt.Gateway.Limits;
using PedAtt.Gateway.Proxy;

namespace PedAtt.Gateway.Sessions;

/// <summary>Who sent the cookie; null where no session goes with it any more.</summary>
public sealed record CookieHolder(string Cookie, BrowserSession? Session);

/// <summary>
/// The way of a request that carries the cookie, in two steps: who is it (so that limits are counted by the person),
/// then whether it may go on. What goes on has a <see cref="BrowserSession"/> among its features, whose token the
/// request is given.
/// </summary>
public sealed class SessionGate(SessionStore sessions, TokenRenewal renewal)
{
    public async Task IdentifyAsync(HttpContext http)
    {
        if (SessionCookie.Read(http) is not { } cookie)
            return;
        if (http.Request.Headers.Authorization.Count > 0)
            throw Problem.With(400, Codes.CredentialsAmbiguous);
        http.Features.Set(
            new CookieHolder(cookie, await sessions.FindAsync(SessionCookie.IdOf(cookie), http.RequestAborted))
        );
    }

    public async Task AdmitAsync(HttpContext http)
    {
        if (Pages.Is(http) && Csrf.IsUnsafe(http.Request) && !Csrf.IsSameOrigin(http))
            throw Problem.NotAllowed(Codes.CsrfInvalid);
        if (http.Features.Get<CookieHolder>() is not { } holder)
            return;
        var isPage = Pages.Is(http);
        var open = isPage || OpenCalls.Of(http.Request) is not null;
        // The pages' forms carry the token as a field, which the pages themselves compare.
        if (
            holder.Session is not null
            && Csrf.IsUnsafe(http.Request)
            && !isPage
            && !SessionEndpoints.ReadsBodyFirst(http.Request)
        )
            Csrf.Check(http, holder.Cookie);
        if (holder.Session is not null && await renewal.FreshAsync(holder.Session, http.RequestAborted) is { } session)
        {
            http.Features.Set(session);
            return;
        }
        SessionCookie.Clear(http);
        // What anybody may ask is not refused for the sake of a cookie that has run out.
        if (!open)
            throw Problem.With(401, SharedCodes.SessionEnded);
    }

    /// <summary>
    /// A service refused the session's token. Where the sign-in itself has ended, so has the session; the words of the
    /// service go on to the browser as they are. (A wrong password is a 401 too, and ends nothing.)
    /// </summary>
    public async Task AnswerUnauthorizedAsync(HttpContext http, BrowserSession session, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        await NoteAsync(http, session, body);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    public async Task NoteAsync(HttpContext http, BrowserSession session, byte[] unauthorized)
    {
        switch (CodeOf(unauthorized))
        {
            case SharedCodes.SessionEnded:
                await EndAsync(http, session);
                break;
            case SharedCodes.NotSignedIn:
                await sessions.DistrustAccessTokenAsync(session.Id, CancellationToken.None);
                break;
        }
    }

    public async Task EndAsync(HttpContext http, BrowserSession session)
    {
        await sessions.EndAsync(session.Id, CancellationToken.None);
        SessionCookie.Clear(http);
    }

    private static string? CodeOf(byte[] problem)
    {
        try
        {
            using var document = JsonDocument.Parse(problem);
            return document.RootElement.GetProperty("code").GetString();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
