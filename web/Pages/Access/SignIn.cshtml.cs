using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

/// <summary>The login and the password become a session at the gateway; its cookie goes on to the browser as it is.</summary>
[OpenPage]
public sealed class SignInModel : SitePage, IFormPage
{
    /// <summary>The page that asked for it: one of ours, or the start.</summary>
    public string Return { get; private set; } = "/";

    /// <summary>A form was kept over the sign-in: the new session's token, with which it is sent now.</summary>
    public string? SendAgainToken { get; private set; }

    public Task LoadAsync()
    {
        var wanted = Request.HasFormContentType ? Request.Form["return"].ToString() : Request.Query["return"].ToString();
        if (Request.HasFormContentType && Request.Form.TryGetValue(KeptForm.Target, out var target))
            wanted = target.ToString();
        if (Url.IsLocalUrl(wanted))
            Return = wanted;
        return Task.CompletedTask;
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var (login, password) = (Request.Form["login"].ToString().Trim(), Request.Form["password"].ToString());
        if (login.Length == 0)
            Form.Add("login", T["error.login.required"]);
        if (password.Length == 0)
            Form.Add("password", T["error.password.required"]);
        if (Form.HasErrors)
            return Again();
        if (await SignInAsync(new { login, password }) is not { } cookie)
            return Again();
        if (!Request.Form.ContainsKey(KeptForm.Target))
            return SeeOther(Return);
        SendAgainToken = (await Api.GetAsync<Session>("/session", cookie)).CsrfToken;
        return Page();
    }

    /// <summary>The new session's cookie as a browser sends it; null where the sign-in was refused.</summary>
    private async Task<string?> SignInAsync(object credentials)
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

    private sealed record Session(string CsrfToken);
}
