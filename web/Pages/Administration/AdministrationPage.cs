using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>What the pages of an administrator share: the tree, and the organisations that they look after.</summary>
public abstract class AdministrationPage : SitePage
{
    /// <summary>The tops of the reader's own part of the tree.</summary>
    public IEnumerable<Organisation> Seats =>
        Me.Assignments.Where(held => held.Role == Roles.Administrator).Select(held => held.Organisation);

    public string NameOf(Organisation organisation) => T.Name(organisation.NameKk, organisation.NameRu);

    protected Task<Organisation> OrganisationAsync(Guid id) =>
        Api.GetAsync<Organisation>($"/api/identity/organisations/{id}");

    /// <summary>The organisation and what stands over it, from the reader's own downwards.</summary>
    protected async Task<IReadOnlyList<Organisation>> WayToAsync(Guid id)
    {
        var way = new List<Organisation> { await OrganisationAsync(id) };
        while (way[0].ParentId is { } parent && Seats.All(seat => seat.Id != way[0].Id))
            way.Insert(0, await OrganisationAsync(parent));
        return way;
    }

    /// <summary>A filter or a cursor of this page's address, for a question to the API.</summary>
    protected string Ask(string name) =>
        Request.Query[name].ToString() is { Length: > 0 } value ? $"&{name}={Uri.EscapeDataString(value)}" : "";

    protected string? Typed(string field) =>
        Request.Form[field].ToString().Trim() is { Length: > 0 } text ? text : null;
}
