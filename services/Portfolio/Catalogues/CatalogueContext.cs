namespace PedAtt.Portfolio.Catalogues;

/// <summary>What of the application decides which blocks are active, and which edit of it is looked at.</summary>
/// <param name="Sections">The catalogue of the application's day.</param>
public sealed record CatalogueContext(
    IReadOnlyList<SectionDefinition> Sections,
    string ClaimedCategory,
    string? CurrentCategory,
    int EditVersion
)
{
    public IEnumerable<BlockDefinition> Blocks => Sections.SelectMany(section => section.Blocks);

    /// <summary>The catalogue's block, or null: no block of that key is in force for this application.</summary>
    public BlockDefinition? Block(string key) => Blocks.FirstOrDefault(block => block.Key == key);

    /// <summary>«Действующая категория» is not applicable without one; other blocks by the claimed category.</summary>
    public bool IsApplicable(BlockDefinition block) =>
        (block.Requirement != Requirement.WithCurrentCategory || CurrentCategory is not null)
        && (block.Categories is null || block.Categories.Contains(ClaimedCategory));
}
