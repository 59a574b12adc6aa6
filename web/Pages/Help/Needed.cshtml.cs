using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Help;

/// <summary>
/// What to gather before beginning, to be printed. Who is signed in reads it from the catalogue itself; a stranger, to
/// whom the catalogue is not told, a text.
/// </summary>
[OpenPage]
public sealed class NeededModel : SitePage
{
    public Catalogue? Catalogue { get; private set; }

    public async Task OnGetAsync()
    {
        if (Account is not null)
            Catalogue = await CatalogueAsync();
    }

    public bool IsValid(BlockDefinition block)
    {
        return block.ValidFrom <= Today && (block.ValidTo is null || Today <= block.ValidTo);
    }

    /// <summary>Of what is not asked of everybody: of whom it is.</summary>
    public string When(BlockDefinition block) =>
        block.Requirement switch
        {
            "with-current-category" => T["needed.with-category"],
            "optional" => T["needed.optional"],
            _ => "",
        };
}
