using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages.Access;

/// <summary>A new password with the letter's code: typed, or brought by its link after the #.</summary>
[OpenPage]
public sealed class ResetPasswordModel : SitePage, IFormPage
{
    public Task LoadAsync() => Task.CompletedTask;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        var (token, password) = (Request.Form["token"].ToString().Trim(), Request.Form["password"].ToString());
        if (token.Length == 0)
            Form.AddCode("token", "required");
        if (password.Length == 0)
            Form.AddCode("password", "required");
        if (
            Form.HasErrors
            || !await TryAsync(() => Api.PostAsync("/api/identity/password/reset", new { token, password }))
        )
            return Again();
        return SeeOther(Routes.SignIn + "?done=password");
    }
}
