using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>The people of the reader's part of the tree, by role and organisation.</summary>
public sealed class UsersModel : AdministrationPage
{
    public Page<Account> List { get; private set; } = null!;

    public string? Role { get; private set; }

    public Organisation? Organisation { get; private set; }

    public async Task OnGetAsync()
    {
        Role = Roles.All.FirstOrDefault(role => role == Request.Query["role"]);
        if (Guid.TryParse(Request.Query["organisationId"], out var id))
            Organisation = await OrganisationAsync(id);
        List = await Api.GetAsync<Page<Account>>(
            $"/api/identity/users?limit=50{Ask("role")}{Ask("organisationId")}{Ask("after")}"
        );
    }
}
