using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

/// <summary>The login and the password become a session at the gateway; its cookie goes on to the browser as it
/// is.</summary>
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
            // Whoever was signed in here before is not any more.
            if (Request.Headers.Authorization.Count > 0)
                Response.Headers[PagesHeaders.SessionEnded] = "true";
            return cookie.Split(';')[0];
        }
        catch (ApiProblemException problem)
        {
            Show(problem);
            return null;
        }
    }

    /// <summary>On from a sign-in: to where the reader wanted to go, or to the form that was kept over it, which one
    /// press sends.</summary>
    /// <param name="cookie">The new session's.</param>
    protected async Task<IActionResult> GoOnAsync(string cookie, string wanted)
    {
        if (!KeptForm.IsIn(Request))
            return SeeOther(wanted);
        var session = await Api.GetAsync<Session>("/session", cookie);
        ViewData["Kept"] = new KeptFormView(
            wanted,
            CsrfToken.Mask(session.CsrfToken),
            [.. KeptForm.Release(Request)],
            KeptForm.HasFiles(Request)
        );
        return new ViewResult
        {
            ViewName = "/Pages/Shared/_SendAgain.cshtml",
            ViewData = new ViewDataDictionary<SitePage>(ViewData, this),
        };
    }

    /// <summary>Where the sign-in leads: a page of ours, or the start.</summary>
    protected string Wanted()
    {
        var wanted =
            KeptForm.IsIn(Request) ? Request.Form[KeptForm.Target].ToString()
            : Request.HasFormContentType ? Request.Form["return"].ToString()
            : Request.Query["return"].ToString();
        return Url.IsLocalUrl(wanted) ? wanted : "/";
    }

    private sealed record Session(string CsrfToken);
}
