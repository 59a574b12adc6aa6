using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages.Access;

[OpenPage]
public sealed class ForgotPasswordModel : SitePage, IFormPage
{
    public Task LoadAsync() => Task.CompletedTask;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        var email = Request.Form["email"].ToString().Trim();
        if (!await TryAsync(() => Api.PostAsync("/api/identity/password/forgot", new { email })))
            return Again();
        return SeeOther(Routes.ResetPassword + "?sent=true");
    }
}
