using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>
/// The tree, a level at a time: an organisation, what stands over it and directly below. With <c>?for=</c> it is where
/// an organisation is chosen: for a login, for a list of people, or for the role of a person (their id).
/// </summary>
public sealed class OrganisationsModel : AdministrationPage
{
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "for")]
    public string? Choosing { get; set; }

    public Organisation? Organisation { get; private set; }

    /// <summary>From the reader's own organisation down to this one.</summary>
    public IReadOnlyList<Organisation> Way { get; private set; } = [];

    /// <summary>What stands directly below; without an organisation, the reader's own.</summary>
    public Page<Organisation> Below { get; private set; } = new([], null);

    public string WayBack =>
        Choosing switch
        {
            "login" => Routes.NewLogin,
            "users" => Routes.Users,
            _ => Routes.User(Guid.Parse(Choosing!)).AddRole,
        };

    public async Task OnGetAsync()
    {
        if (Choosing is not (null or "login" or "users") && !Guid.TryParse(Choosing, out _))
            Choosing = null;
        Organisation[] seats = [.. Seats];
        if ((Id ?? (seats.Length == 1 ? seats[0].Id : null)) is not { } id)
        {
            Below = new(seats, null);
            return;
        }
        var below = Api.GetAsync<Page<Organisation>>($"/api/identity/organisations?parentId={id}{Ask("after")}");
        Way = await WayToAsync(id);
        Organisation = Way[^1];
        Below = await below;
    }

    public string AddressOf(Organisation organisation) =>
        $"{Routes.Organisation(organisation.Id)}{(Choosing is null ? "" : $"?for={Choosing}")}";

    public string Choice(Organisation organisation) =>
        $"{WayBack}?{(Choosing == "users" ? "organisationId" : "organisation")}={organisation.Id}";
}
