using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Portfolios;

/// <summary>An entry and its files, gone: asked once more.</summary>
public sealed class EntryDeleteModel : ApplicationPage
{
    [FromRoute]
    public string Block { get; set; } = "";

    [FromRoute]
    public Guid EntryId { get; set; }

    public BlockDefinition Definition { get; private set; } = null!;

    public PortfolioEntry Entry { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        await LoadPortfolioAsync();
        Definition = Catalogue.Block(Block) ?? throw new ApiProblemException(404, "not-found");
        Entry =
            Portfolio.Block(Block)?.Entries.FirstOrDefault(entry => entry.Id == EntryId)
            ?? throw new ApiProblemException(404, "not-found");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await OnGetAsync();
        if (!await TryAsync(() => Api.DeleteAsync($"/api/portfolios/{Id}/blocks/{Block}/entries/{EntryId}")))
            return Again();
        return SeeOther(To.Block(Block) + "?saved=true");
    }
}
