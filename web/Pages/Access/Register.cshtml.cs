using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

/// <summary>Registration with an issued login. Who is registered is signed in at once and led to their work.</summary>
[OpenPage]
public sealed class RegisterModel : AccessPage, IFormPage
{
    private static readonly string[] required = ["login", "iin", "email", "phone", "password", "familyName", "givenName"];

    /// <summary>The field of the code stands open where one was typed, or where the login is perhaps refused for want of it.</summary>
    public bool HasCode { get; private set; }

    public Task LoadAsync()
    {
        HasCode = Request.HasFormContentType && Request.Form["activationCode"].ToString().Length > 0;
        return Task.CompletedTask;
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        foreach (var field in required)
            if (string.IsNullOrWhiteSpace(Request.Form[field]))
                Form.AddCode(field, "required");
        var consent = Request.Form["consent"] == CheckBoxTagHelper.Ticked;
        if (!consent)
            Form.AddCode("consent", "consent.required");
        if (Form.HasErrors)
            return Again();

        var (login, password) = (Typed("login")!, Request.Form["password"].ToString());
        var registered = await TryAsync(() => Api.PostAsync("/api/identity/registrations", new
        {
            login,
            activationCode = Typed("activationCode"),
            iin = string.Concat(Request.Form["iin"].ToString().Where(letter => !char.IsWhiteSpace(letter))),
            email = Typed("email"),
            phone = PhoneInput.Read(Request.Form, "phone"),
            password,
            familyName = Typed("familyName"),
            givenName = Typed("givenName"),
            patronymic = Typed("patronymic"),
            language = T.Language,
            consent,
        }));
        if (!registered)
        {
            HasCode |= Form.MessagesFor("login").Any();
            return Again();
        }
        // Registered they are, whatever becomes of the sign-in.
        return SeeOther(await SignInAsync(login, password) is null ? "/sign-in?done=registered" : "/");
    }

    private string? Typed(string field) => Request.Form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
}
