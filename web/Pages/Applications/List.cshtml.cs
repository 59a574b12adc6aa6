using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Applications;

/// <summary>«Мои заявки»: the reader's own, the newest first; what they may see of others has its own pages.</summary>
public sealed class ListModel : SitePage
{
    public IReadOnlyList<Application> Applications { get; private set; } = [];

    public Reference Reference { get; private set; } = null!;

    [FromQuery]
    public bool Deleted { get; set; }

    public async Task OnGetAsync()
    {
        Reference = await ReferenceAsync();
        var own = new List<Application>();
        for (string? next = null; ; )
        {
            var page = await Api.GetAsync<Page<Application>>(
                $"/api/applications?limit=200{(next is null ? "" : $"&after={Uri.EscapeDataString(next)}")}"
            );
            own.AddRange(page.Items.Where(one => one.Teacher.Id == Me.Id));
            next = page.Next;
            if (next is null)
                break;
        }
        Applications = [.. own.OrderByDescending(one => one.AttestationYear).ThenByDescending(one => one.Id)];
    }
}
