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
    public string? Done =>
        Request.Query["done"].ToString() switch
        {
            "registered" => T["sign-in.registered"],
            "password" => T["sign-in.new-password"],
            "everywhere" => T["sign-in.out-everywhere"],
            _ => null,
        };

    public Task LoadAsync()
    {
        Return = Wanted();
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
        return await SignInAsync(login, password) is { } cookie ? await GoOnAsync(cookie, Return) : Again();
    }
}
