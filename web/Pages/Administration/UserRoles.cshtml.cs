using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using Assignment = PedAtt.Web.Api.Assignment;

namespace PedAtt.Web.Pages.Administration;

/// <summary>Which of a person's roles stay.</summary>
public sealed class UserRolesModel : UserPage, IFormPage
{
    public static string Key(Assignment held) => $"{held.Role}@{held.Organisation.Id}";

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var kept = Person.Assignments.Where(held => Request.Form["role"].Contains(Key(held)));
        if (!await TryRolesAsync(kept.Select(held => (held.Role, held.Organisation.Id))))
            return Again();
        return SeeOther($"{Here}?done=roles");
    }
}
