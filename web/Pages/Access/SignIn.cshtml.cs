using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Access;

/// <summary>The login and the password become a session at the gateway; its cookie goes on to the browser as it is.</summary>
[OpenPage]
public sealed class SignInModel : SitePage, IFormPage
{
    /// <summary>The page that asked for it: one of ours, or the start.</summary>
    public string Return { get; private set; } = "/";

    public Task LoadAsync()
    {
        var wanted = Request.HasFormContentType ? Request.Form["return"].ToString() : Request.Query["return"].ToString();
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
        var signedIn = await SignInAsync(new { login, password });
        return signedIn ? SeeOther(Return) : Again();
    }

    private async Task<bool> SignInAsync(object credentials)
    {
        try
        {
            using var answer = await Api.SendAsync(HttpMethod.Post, "/session", JsonContent.Create(credentials));
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
                Response.Headers.Append("Set-Cookie", cookie);
            return true;
        }
        catch (ApiProblemException problem)
        {
            Show(problem);
            return false;
        }
    }
}
