using System.Text.Json;
using System.Text.Json.Serialization;

namespace PedAtt.Portfolio.Catalogues;

public enum Requirement
{
    Always,
    WithCurrentCategory,
    Optional,
}

public enum FieldType
{
    Text,
    LongText,
    Date,
    Year,
    Integer,
    Decimal,
    Choice,
}

/// <param name="MinLength">In characters, after trimming; <paramref name="MinWords"/> in words.</param>
/// <param name="Min">For year, integer and decimal, inclusive.</param>
public sealed record FieldDefinition(
    string Key,
    Localized Name,
    FieldType Type,
    bool Required,
    int? MinLength,
    int? MaxLength,
    int? MinWords,
    int? MaxWords,
    decimal? Min,
    decimal? Max,
    IReadOnlyList<Choice>? Choices
);

public sealed record Choice(string Key, Localized Name);

public sealed record FileCount(int Min, int Max);

/// <param name="Categories">The claimed categories for which the block is active; null: for every one.</param>
/// <param name="Multiple">Several entries, or one at most.</param>
public sealed record BlockDefinition(
    string Key,
    Localized Name,
    Requirement Requirement,
    IReadOnlyList<string>? Categories,
    bool Multiple,
    FileCount Files,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    IReadOnlyList<FieldDefinition> Fields
);

public sealed record SectionDefinition(string Key, Localized Name, IReadOnlyList<BlockDefinition> Blocks);

/// <summary>
/// Sections, blocks and fields of a portfolio, as data with effective dates: the Rules change by an order of the
/// Minister (paragraphs 4–9 and Annexes 1 and 12 in the edition of 25.02.2025), the code does not.
/// </summary>
public sealed class Catalogue
{
    /// <summary>The scan of the ID card is no block of the catalogue but is reviewed like one.</summary>
    public const string IdentityCard = "identity-card";

    public const string Photo = "photo";

    /// <summary>The application's own data, reviewed like a block.</summary>
    public const string Application = "application";

    private static readonly JsonSerializerOptions KebabCase = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private Catalogue(IReadOnlyList<SectionDefinition> sections) => Sections = sections;

    /// <summary>Every block that was ever in force, in the order in which it is shown.</summary>
    public IReadOnlyList<SectionDefinition> Sections { get; }

    /// <summary>The catalogue of a day.</summary>
    public IReadOnlyList<SectionDefinition> On(DateOnly day) =>
        [
            .. Sections.Select(section =>
                section with
                {
                    Blocks =
                    [
                        .. section.Blocks.Where(block =>
                            block.ValidFrom <= day && (block.ValidTo is null || day <= block.ValidTo)
                        ),
                    ],
                }
            ),
        ];

    /// <summary>The catalogue of an application's day, with what of it decides which blocks are active.</summary>
    public CatalogueContext For(DateOnly day, string claimedCategory, string? currentCategory, int editVersion) =>
        new(On(day), claimedCategory, currentCategory, editVersion);

    /// <exception cref="InvalidOperationException">what is wrong with the data; the service does not start with
    /// it</exception>
    public static Catalogue Parse(string json)
    {
        var sections = JsonSerializer.Deserialize<SectionDefinition[]>(json, KebabCase)!;
        var mistakes = Mistakes(sections).ToArray();
        return mistakes.Length == 0
            ? new Catalogue(sections)
            : throw new InvalidOperationException($"catalogue.json: {string.Join("; ", mistakes)}");
    }

    private static IEnumerable<string> Mistakes(IReadOnlyList<SectionDefinition> sections)
    {
        var blocks = sections.SelectMany(section => section.Blocks).ToArray();
        string[] reserved = [IdentityCard, Photo, Application];
        foreach (var key in sections.Select(section => section.Key).Concat(blocks.Select(block => block.Key)))
        {
            if (!IsKebab(key))
                yield return $"'{key}' is no kebab-case word";
        }
        foreach (var twice in blocks.GroupBy(block => block.Key).Where(group => group.Count() > 1))
        {
            var spans = twice.OrderBy(block => block.ValidFrom).ToArray();
            for (var i = 1; i < spans.Length; i++)
            {
                if (spans[i - 1].ValidTo is not { } end || end >= spans[i].ValidFrom)
                    yield return $"{twice.Key} is in force twice on {spans[i].ValidFrom:yyyy-MM-dd}";
            }
        }
        foreach (var block in blocks)
        {
            if (reserved.Contains(block.Key))
                yield return $"{block.Key} is a word of its own";
            if (block.Files.Min < 0 || block.Files.Max < block.Files.Min || block.Files.Max > UploadLimit)
                yield return $"{block.Key}: files {block.Files.Min}–{block.Files.Max}";
            if (block.Files.Min == 0 && !block.Fields.Any(field => field.Required))
                yield return $"{block.Key}: an entry may be empty";
            if (block.ValidTo < block.ValidFrom)
                yield return $"{block.Key} ends before it begins";
            foreach (var mistake in block.Fields.SelectMany(Mistakes))
                yield return $"{block.Key}.{mistake}";
            if (block.Fields.Select(field => field.Key).Distinct().Count() != block.Fields.Count)
                yield return $"{block.Key}: a field stands twice";
        }
    }

    private const int UploadLimit = 10;

    private static IEnumerable<string> Mistakes(FieldDefinition field)
    {
        if (field.Key is "keepFiles" or "file" || !field.Key.All(char.IsAsciiLetterOrDigit))
            yield return $"{field.Key}: no key for a field";
        if (field.MinLength > field.MaxLength || field.MinWords > field.MaxWords || field.Min > field.Max)
            yield return $"{field.Key}: the least is above the most";
        if ((field.Type == FieldType.Choice) != (field.Choices is { Count: > 0 }))
            yield return $"{field.Key}: choices belong to a choice";
        if (field.Type is FieldType.Text or FieldType.LongText && field.MaxLength is null)
            yield return $"{field.Key}: a text without an end";
        if (
            field.Type is FieldType.Year or FieldType.Integer or FieldType.Decimal
            && (field.Min is null || field.Max is null)
        )
            yield return $"{field.Key}: a number without bounds";
    }

    private static bool IsKebab(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The one that this version of the service comes with.</summary>
    /// <exception cref="InvalidOperationException">what is wrong with it</exception>
    public static Catalogue Load()
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream("catalogue.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }
}
