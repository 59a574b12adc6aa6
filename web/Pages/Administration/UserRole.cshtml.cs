using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>One role more for a person, on the organisation that was chosen in the tree.</summary>
public sealed class UserRoleModel : UserPage, IFormPage
{
    public Organisation Organisation { get; private set; } = null!;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var chosen = Request.HasFormContentType
            ? Request.Form["organisation"].ToString()
            : Request.Query["organisation"].ToString();
        Organisation = Guid.TryParse(chosen, out var id)
            ? await OrganisationAsync(id)
            : Person.Organisation ?? Seats.First();
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Typed("role") is not { } role)
        {
            Form.AddCode("role", "required");
            return Again();
        }
        if (
            !await TryRolesAsync([
                .. Person.Assignments.Select(held => (held.Role, held.Organisation.Id)),
                (role, Organisation.Id),
            ])
        )
            return Again();
        return SeeOther($"{Here}?done=roles");
    }
}
