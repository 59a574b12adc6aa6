using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages.Administration;

public sealed class UserModel : UserPage
{
    public string? Done =>
        Request.Query["done"].ToString() switch
        {
            "roles" => T["user.done.roles"],
            "password" => T["user.done.password"],
            "block" => T["user.done.block"],
            "unblock" => T["user.done.unblock"],
            _ => null,
        };

    public Task OnGetAsync() => LoadAsync();

    /// <summary>The letter that the person could ask for themselves; nobody sets a password for another.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await Api.PostAsync("/api/identity/password/forgot", new { email = Person.Email });
        return SeeOther($"{Here}?done=password");
    }
}
