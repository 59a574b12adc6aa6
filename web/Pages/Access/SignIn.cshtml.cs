using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

/// <summary>The way in.</summary>
[OpenPage]
public sealed class SignInModel : AccessPage, IFormPage
{
    /// <summary>The page that asked for it: one of ours, or the start.</summary>
    public string Return { get; private set; } = "/";

    /// <summary>What the reader has just done before they came here.</summary>
    public string? Done => Request.Query["done"].ToString() switch
    {
        "registered" => T["sign-in.registered"],
        "password" => T["sign-in.new-password"],
        "everywhere" => T["sign-in.out-everywhere"],
        _ => null,
    };

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
        if (await SignInAsync(login, password) is not { } cookie)
            return Again();
        if (!Request.Form.ContainsKey(KeptForm.Target))
            return SeeOther(Return);
        SendAgainToken = (await Api.GetAsync<Session>("/session", cookie)).CsrfToken;
        return Page();
    }

    private sealed record Session(string CsrfToken);
}
