namespace PedAtt.Testing.World;

/// <summary>Fills a portfolio by nothing but what the catalogue says.</summary>
public static class Filler
{
    /// <summary>The ID card, and an entry in each block that is neither <c>not-applicable</c> nor
    /// <c>optional</c>.</summary>
    public static async Task FillAsync(Person teacher, Application application, Catalogue catalogue)
    {
        await teacher.PutIdentityCardAsync(application.Id);
        var portfolio = await teacher.PortfolioAsync(application.Id);
        foreach (
            var block in Needed(portfolio, catalogue).Where(block => portfolio.Block(block.Key).Entries.Count == 0)
        )
            await teacher.AddEntryAsync(application.Id, block.Key, Fields(block), FilesFor(block));
    }

    public static IReadOnlyList<CatalogueBlock> Needed(Portfolio portfolio, Catalogue catalogue) =>
        [
            .. catalogue.Blocks.Where(block =>
                block.Requirement != "optional" && portfolio.Block(block.Key).Status != "not-applicable"
            ),
        ];

    /// <summary>The least that the block takes.</summary>
    public static Dictionary<string, object> Fields(CatalogueBlock block) =>
        block.Fields.Where(field => field.Required).ToDictionary(field => field.Key, Value);

    public static object Value(CatalogueField field) =>
        field.Type switch
        {
            "text" or "long-text" => Text(field),
            "date" => Town.Today().AddYears(-1).ToString("yyyy-MM-dd"),
            "year" => (int)Math.Clamp(Town.Today().Year - 1, field.Min ?? 1900, field.Max ?? 2100),
            "integer" => (int)(field.Min ?? 1),
            "decimal" => field.Min ?? 1m,
            "choice" => field.Choices![0].Key,
            _ => throw new ContractException($"The catalogue has a field of the type {field.Type}"),
        };

    public static Upload[] FilesFor(CatalogueBlock block) =>
        [
            .. Enumerable
                .Range(0, block.Files.Max == 0 ? 0 : Math.Max(1, block.Files.Min))
                .Select(i =>
                    i % 2 == 0
                        ? Files.Pdf($"{block.Key}-{i + 1}.pdf", block.Key)
                        : Files.Jpeg($"{block.Key}-{i + 1}.jpg")
                ),
        ];

    /// <summary>As many words as are asked, and as many letters.</summary>
    private static string Text(CatalogueField field)
    {
        var words = string.Join(' ', Enumerable.Repeat("сабақ", Math.Max(1, field.MinWords ?? 1)));
        var length = Math.Max(words.Length, field.MinLength ?? 1);
        var text = words.PadRight(length, 'қ');
        return field.MaxLength is { } max && text.Length > max ? text[..max] : text;
    }
}
