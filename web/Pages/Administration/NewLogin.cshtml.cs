using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>
/// One login. Its activation code is in the answer to this form alone, and nowhere else, ever: the page itself carries
/// it where the language is changed.
/// </summary>
public sealed class NewLoginModel : AdministrationPage, IFormPage
{
    public Organisation Organisation { get; private set; } = null!;

    public IssuedLogin? Issued { get; private set; }

    public string? Role => Typed("role");

    public string? FullName => Typed("fullName");

    public async Task LoadAsync()
    {
        var chosen = Request.HasFormContentType
            ? Request.Form["organisation"].ToString()
            : Request.Query["organisation"].ToString();
        Organisation = Guid.TryParse(chosen, out var id)
            ? await OrganisationAsync(id)
            : Seats.FirstOrDefault() ?? throw new ApiProblemException(403, "role.not-allowed");
        Response.Headers.CacheControl = "no-store";
        if (Request.HasFormContentType && Typed("issued") is { } login)
            Issued = new(Guid.Empty, login, Typed("activationCode"));
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Issued is not null)
            return Page();
        var asked = new
        {
            role = Role,
            organisationId = Organisation.Id,
            login = Typed("login"),
            iin = Typed("iin") is { } iin ? string.Concat(iin.Where(letter => !char.IsWhiteSpace(letter))) : null,
            fullName = FullName,
        };
        return await TryAsync(async () =>
            Issued = await Api.PostAsync<IssuedLogin>("/api/identity/logins", asked, Form.Once)
        )
            ? Page()
            : Again();
    }
}
