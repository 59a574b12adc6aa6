using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

public sealed class ContactsModel(PageLanguage shown) : SitePage, IFormPage
{
    public Task LoadAsync() => Task.CompletedTask;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        var (email, phone) = (Request.Form["email"].ToString().Trim(), PhoneInput.Read(Request.Form, "phone"));
        var language = Request.Form["language"].ToString();
        // Left out is left as it is; emptied is a mistake.
        if (email.Length == 0)
            Form.AddCode("email", "required");
        if (phone.Length == 0)
            Form.AddCode("phone", "required");
        if (
            Form.HasErrors
            || !await TryAsync(() =>
                Api.PatchAsync<Account>(
                    "/api/identity/me",
                    new
                    {
                        email,
                        phone,
                        language,
                    }
                )
            )
        )
            return Again();
        if (language != Me.Language)
            shown.Choose(language);
        return SeeOther(Routes.Profile + "?saved=true");
    }
}
