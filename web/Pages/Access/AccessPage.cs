using System.Net.Http.Json;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Access;

/// <summary>The login and the password become a session at the gateway; its cookie goes on to the browser as it is.</summary>
public abstract class AccessPage : SitePage
{
    /// <summary>The new session's cookie as a browser sends it; null where the sign-in was refused.</summary>
    protected Task<string?> SignInAsync(string login, string password) => SignInAsync(new { login, password });

    /// <inheritdoc cref="SignInAsync(string, string)"/>
    /// <param name="credentials">Login and password, or under <c>eds</c> a signature over a text of Identity's.</param>
    protected async Task<string?> SignInAsync(object credentials)
    {
        try
        {
            using var answer = await Api.SendAsync(HttpMethod.Post, "/session", JsonContent.Create(credentials));
            var cookie = answer.Headers.GetValues("Set-Cookie").Single();
            Response.Headers.Append("Set-Cookie", cookie);
            return cookie.Split(';')[0];
        }
        catch (ApiProblemException problem)
        {
            Show(problem);
            return null;
        }
    }
}
