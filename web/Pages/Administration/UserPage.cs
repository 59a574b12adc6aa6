using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>What the pages about one person share.</summary>
public abstract class UserPage : AdministrationPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Account Person { get; private set; } = null!;

    public UserRoutes To => Routes.User(Id);

    public string Here => To.Person;

    public virtual async Task LoadAsync() => Person = await Api.GetAsync<Account>($"/api/identity/users/{Id}");

    /// <summary>Replaces the roles; those outside the reader's part of the tree come along as they are.</summary>
    protected Task<bool> TryRolesAsync(IEnumerable<(string Role, Guid OrganisationId)> roles) =>
        TryAsync(
            () =>
                Api.PutAsync<Account>(
                    $"/api/identity/users/{Id}/roles",
                    new
                    {
                        assignments = roles.Select(one => new { role = one.Role, organisationId = one.OrganisationId }),
                    }
                ),
            new Dictionary<string, string> { ["assignments"] = "role" }
        );
}
