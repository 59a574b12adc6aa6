using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Access;

/// <summary>Registration with an issued login. Who is registered is signed in at once and led to their work.</summary>
[OpenPage]
public sealed class RegisterModel : AccessPage, IFormPage
{
    private static readonly string[] required =
    [
        "login",
        "iin",
        "email",
        "phone",
        "password",
        "familyName",
        "givenName",
    ];

    /// <summary>The field of the code stands open where one was typed, or where the login is perhaps refused for want
    /// of it.</summary>
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
        var consent = Request.Form["consent"] == CheckBoxTagHelper.Ticked;
        var iin = string.Concat(Request.Form["iin"].ToString().Where(letter => !char.IsWhiteSpace(letter)));
        var (login, password) = (Typed("login"), Request.Form["password"].ToString());
        // The API tells of a login that it does not open nothing else; what is wrong whatever the login, the page says
        // at once with it.
        foreach (var field in required)
            if (string.IsNullOrWhiteSpace(Request.Form[field]))
                Form.AddCode(field, "required");
        if (iin.Length > 0 && (iin.Length != 12 || !iin.All(char.IsAsciiDigit)))
            Form.AddCode("iin", "iin.invalid");
        if (password.Length is > 0 and < 10)
            Form.AddCode("password", "password.weak");
        if (Typed("email")?.Contains('@') == false)
            Form.AddCode("email", "email.invalid");
        if (!consent)
            Form.AddCode("consent", "consent.required");
        var known = Form.Errors.Select(error => error.Field).ToHashSet();
        var registered = await TryAsync(
            () =>
                Api.PostAsync(
                    "/api/identity/registrations",
                    new
                    {
                        login,
                        activationCode = Typed("activationCode"),
                        iin = iin.Length > 0 ? iin : null,
                        email = Typed("email"),
                        phone = PhoneInput.Read(Request.Form, "phone"),
                        password = password.Length > 0 ? password : null,
                        familyName = Typed("familyName"),
                        givenName = Typed("givenName"),
                        patronymic = Typed("patronymic"),
                        language = T.Language,
                        consent,
                    }
                ),
            but: known
        );
        if (!registered || Form.HasErrors)
        {
            HasCode |= Form.MessagesFor("login").Any();
            return Again();
        }
        // Registered they are, whatever becomes of the sign-in.
        return SeeOther(await SignInAsync(login!, password) is null ? Routes.SignIn + "?done=registered" : "/");
    }

    private string? Typed(string field) => Request.Form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
}
