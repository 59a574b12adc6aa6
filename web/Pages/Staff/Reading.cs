using System.Globalization;
using System.Text.Json;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Staff;

/// <summary>A name and what stands under it; <paramref name="Changed"/> where it differs from the submission before.</summary>
public sealed record ReadRow(string Name, string? Text, bool Changed = false);

/// <param name="Url">The bytes, to be shown in the page.</param>
/// <param name="Open">Where a link leads that opens or saves the file.</param>
public sealed record ReadFile(string Name, string Url, string Open, string ContentType, long Size, string Scan, string Sha256)
{
    /// <summary>A PDF that runs scripts or carries other files: whoever saves it is told.</summary>
    public bool Active { get; init; }

    public bool IsImage => ContentType.StartsWith("image/", StringComparison.Ordinal);
}

/// <param name="Rows">Short answers, to be read beside the file.</param>
/// <param name="Texts">Long ones, to be read in the file's place.</param>
public sealed record ReadEntry(Guid Id, IReadOnlyList<ReadRow> Rows, IReadOnlyList<ReadRow> Texts, IReadOnlyList<ReadFile> Files)
{
    public static readonly ReadEntry None = new(Guid.Empty, [], [], []);

    /// <summary>The same with its differences from <paramref name="other"/> marked.</summary>
    public ReadEntry Against(ReadEntry other) => this with { Rows = Marked(Rows, other.Rows), Texts = Marked(Texts, other.Texts) };

    public IReadOnlyList<ReadFile> FilesNotIn(ReadEntry other) =>
        [.. Files.Where(file => other.Files.All(one => one.Sha256 != file.Sha256))];

    private static IReadOnlyList<ReadRow> Marked(IReadOnlyList<ReadRow> rows, IReadOnlyList<ReadRow> others) =>
        [.. rows.Select(row => row with { Changed = others.FirstOrDefault(one => one.Name == row.Name)?.Text != row.Text })];
}

/// <summary>An entry as it was sent before, and as it is now; one of them is missing where it was added or taken away.</summary>
public sealed record ReadChange(ReadEntry? Before, ReadEntry? Now)
{
    public ReadEntry Old => (Before ?? ReadEntry.None).Against(Now ?? ReadEntry.None);

    public ReadEntry New => (Now ?? ReadEntry.None).Against(Before ?? ReadEntry.None);

    public IReadOnlyList<ReadFile> OldFiles => (Before ?? ReadEntry.None).FilesNotIn(Now ?? ReadEntry.None);

    public IReadOnlyList<ReadFile> NewFiles => (Now ?? ReadEntry.None).FilesNotIn(Before ?? ReadEntry.None);

    public bool Differs => Before is null || Now is null || OldFiles.Count + NewFiles.Count > 0
        || New.Rows.Concat(New.Texts).Concat(Old.Rows).Concat(Old.Texts).Any(row => row.Changed);
}

public sealed record ReadBlock(string Key, string Name, string Status, Web.Api.Review? Review, IReadOnlyList<ReadEntry> Entries)
{
    public bool IsEmpty => Status is "empty" or "not-applicable";

    /// <summary>It waits for the secretary's word.</summary>
    public bool IsOpen => Status == "filled";

    /// <summary>The status as the staff sees it: what was returned waits for another.</summary>
    public string Tag => IsOpen ? "pending" : Status == "returned" ? "sent-back" : Status;

    public IEnumerable<ReadFile> Files => Entries.SelectMany(entry => entry.Files);
}

/// <summary>
/// An application with everything that belongs to it, as the staff reads it: block by block, the application's own data and
/// the identity card among them.
/// </summary>
public sealed class Reading
{
    /// <summary>The block of the application's own data.</summary>
    public const string OwnData = "application";

    public const string IdentityCard = "identity-card";

    private readonly Texts texts;
    private readonly Catalogue catalogue;
    private readonly Reference reference;
    private readonly Portfolio? earlier;

    public Reading(
        Texts texts, Catalogue catalogue, Reference reference, Application application, Portfolio portfolio, IReadOnlyList<Document> documents,
        string path, SubmissionData? earlierFields = null, Portfolio? earlier = null)
    {
        (this.texts, this.catalogue, this.reference, this.earlier) = (texts, catalogue, reference, earlier);
        (Application, Portfolio, Documents, Path) = (application, portfolio, documents, path);
        EarlierData = earlierFields is null ? null : DataOf(earlierFields.Fields);
        Blocks =
        [
            Own(OwnData, texts["reading.application"], [new(Guid.Empty, DataOf(Flat(application)), [], [])]),
            Own(IdentityCard, texts["reading.identity-card"], SingleFiles(portfolio)),
            .. portfolio.Sections.SelectMany(section => section.Blocks).Select(BlockOf),
        ];
    }

    public Application Application { get; }

    public Portfolio Portfolio { get; }

    public IReadOnlyList<Document> Documents { get; }

    /// <summary>The page's own address: its blocks are shown by <c>?block=</c>.</summary>
    public string Path { get; }

    public IReadOnlyList<ReadBlock> Blocks { get; }

    /// <summary>What can be looked at: what is empty is only named.</summary>
    public IEnumerable<ReadBlock> Filled => Blocks.Where(block => !block.IsEmpty);

    public ReadBlock? Current { get; private set; }

    /// <summary>It was sent more than once: there is something to compare with.</summary>
    public bool IsAgain => earlier is not null;

    private IReadOnlyList<ReadRow>? EarlierData { get; }

    public Document? Statement => Documents.LastOrDefault(one => one.Kind == "statement" && one.IsCurrent)
        ?? Documents.LastOrDefault(one => one.Kind == "statement");

    /// <summary>The receipt of what was sent last.</summary>
    public Document? Receipt => Documents.LastOrDefault(one => one.Kind != "statement" && one.IsCurrent);

    /// <summary>What was never judged says nothing any more once the secretary has handed the application on.</summary>
    public bool Says(ReadBlock block) => !block.IsOpen || Application.Status is "under-review" or "returned-for-revision";

    public bool Show(string key) => (Current = Filled.FirstOrDefault(block => block.Key == key)) is not null;

    public string Url(string block) => $"{Path}?block={block}";

    public ReadBlock? Next => Neighbour(1);

    public ReadBlock? Previous => Neighbour(-1);

    /// <summary>The next that waits for a verdict: after this one, else from the beginning.</summary>
    public ReadBlock? NextOpen(string? after)
    {
        var open = Filled.ToList();
        var start = open.FindIndex(block => block.Key == after) + 1;
        return open.Skip(start).Concat(open.Take(Math.Max(0, start - 1))).FirstOrDefault(block => block.IsOpen);
    }

    public ReadBlock Block(string key) => Blocks.First(block => block.Key == key);

    /// <summary>What became of the block's entries since the submission before; empty where there was none, or nothing changed.</summary>
    public IReadOnlyList<ReadChange> Changes(ReadBlock block)
    {
        if (earlier is null)
            return [];
        var before = EarlierEntries(block.Key);
        var changes = block.Entries.Select(entry => new ReadChange(before.FirstOrDefault(one => one.Id == entry.Id), entry))
            .Concat(before.Where(one => block.Entries.All(entry => entry.Id != one.Id)).Select(one => new ReadChange(one, null)));
        return [.. Replaced([.. changes]).Where(change => change.Differs)];
    }

    public ReadFile FileOf(StoredFile file)
    {
        var url = $"/api/portfolios/{Application.Id}/files/{file.Id}";
        var inline = url + "?inline=true";
        return new(file.Name, inline, file.ContentType.StartsWith("image/", StringComparison.Ordinal) ? inline : url,
            file.ContentType, file.Size, file.ScanWord, file.Sha256) { Active = file.Active };
    }

    /// <summary>A document's PDF, to be read in the page.</summary>
    public ReadFile PaperOf(Document document) => new(
        $"{texts["reading.document." + document.Kind]} № {document.Number}", $"/api/documents/{document.Id}/content", $"/api/documents/{document.Id}/content",
        "application/pdf", document.Size, "clean", document.Sha256);

    public IReadOnlyList<ReadRow> DataOf(Application application) => DataOf(Flat(application));

    /// <summary>One entry taken away and one added in its place is one that was replaced.</summary>
    private static IEnumerable<ReadChange> Replaced(List<ReadChange> changes)
    {
        var added = changes.Where(change => change.Before is null).ToList();
        var removed = changes.Where(change => change.Now is null).ToList();
        return added.Count == 1 && removed.Count == 1
            ? changes.Except([added[0], removed[0]]).Append(new(removed[0].Before, added[0].Now))
            : changes;
    }

    private ReadBlock? Neighbour(int step)
    {
        var filled = Filled.ToList();
        var index = filled.FindIndex(block => block.Key == Current?.Key);
        return index < 0 ? null : filled.ElementAtOrDefault(index + step);
    }

    private ReadBlock Own(string key, string name, IReadOnlyList<ReadEntry> entries)
    {
        var reviewed = Portfolio.Reviews.GetValueOrDefault(key);
        return new(key, name, reviewed?.Status ?? (entries.Count == 0 ? "empty" : "filled"), reviewed?.Review, entries);
    }

    private ReadBlock BlockOf(Block block) => new(
        block.Key, catalogue.Block(block.Key) is { } definition ? texts.Name(definition.Name) : block.Key, block.Status, block.Review, EntriesOf(block));

    private IReadOnlyList<ReadEntry> EarlierEntries(string key) => key switch
    {
        OwnData => EarlierData is null ? [] : [new(Guid.Empty, EarlierData, [], [])],
        IdentityCard => SingleFiles(earlier!),
        _ => earlier!.Block(key) is { } block ? EntriesOf(block) : [],
    };

    private IReadOnlyList<ReadEntry> SingleFiles(Portfolio portfolio) => portfolio.IdentityCard is null ? []
        : [new(Guid.Empty, [], [], [.. new[] { portfolio.IdentityCard, portfolio.Photo }.OfType<StoredFile>().Select(FileOf)])];

    private IReadOnlyList<ReadEntry> EntriesOf(Block block)
    {
        var fields = catalogue.Block(block.Key)?.Fields ?? [];
        return [.. block.Entries.Select(entry => new ReadEntry(
            entry.Id, Rows(entry, isLong: false), Rows(entry, isLong: true), [.. entry.Files.Select(FileOf)]))];

        IReadOnlyList<ReadRow> Rows(PortfolioEntry entry, bool isLong) =>
        [
            .. fields.Where(field => field.Type == "long-text" == isLong && entry.Fields.ContainsKey(field.Key))
                .Select(field => new ReadRow(texts.Name(field.Name), TextOf(field, entry.Fields[field.Key]))),
        ];
    }

    private string? TextOf(FieldDefinition field, JsonElement value) => (field.Type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null or JsonValueKind.Undefined) => null,
        ("choice", _) => field.Choices?.FirstOrDefault(choice => choice.Key == value.GetString()) is { } choice ? texts.Name(choice.Name) : value.ToString(),
        ("date", _) => DateOnly.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var day) ? texts.Day(day) : value.ToString(),
        ("decimal", JsonValueKind.Number) => value.GetDecimal().ToString("0.##", texts.Culture),
        _ => value.ToString(),
    };

    private IReadOnlyList<ReadRow> DataOf(JsonElement fields)
    {
        var year = Number("attestationYear");
        List<ReadRow> rows =
        [
            new(texts["reading.data.claimedCategory"], Category("claimedCategory")),
            new(texts["reading.data.currentCategory"], Category("currentCategory") ?? texts["reading.data.no-category"]),
            new(texts["reading.data.currentCategoryValidUntil"], Day("currentCategoryValidUntil")),
            new(texts["reading.data.attestationYear"], year is null ? null : $"{year - 1}/{year % 100:00}"),
            new(texts["reading.data.attestationKind"], Entry(reference.AttestationKinds, Text("attestationKind"))),
            new(texts["reading.data.statementForm"], Entry(reference.StatementForms, Text("statementForm"))),
            new(texts["reading.data.filingDate"], Day("filingDate")),
            new(texts["reading.data.positionKk"], Text("positionKk")),
            new(texts["reading.data.positionRu"], Text("positionRu")),
            new(texts["reading.data.subjects"], Subjects()),
            new(texts["reading.data.email"], Text("email")),
            new(texts["reading.data.phone"], Text("phone") is { } phone ? PhoneInput.Show(phone) : null),
            new(texts["reading.data.about"], Text("about")),
        ];
        return [.. rows.Where(row => row.Text is not null)];

        JsonElement? Value(string name) =>
            fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        string? Text(string name) => Value(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        int? Number(string name) => Value(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;
        string? Category(string name) => Text(name) is { } key ? texts.Name(reference.Category(key)) : null;
        string? Day(string name) => Text(name) is { } day ? texts.Day(DateOnly.Parse(day, CultureInfo.InvariantCulture)) : null;
        string? Subjects() => Value("notSubjectTeacher") is { ValueKind: JsonValueKind.True } ? texts["reading.data.no-subject"]
            : Value("subjects") is { } subjects ? string.Join(", ", subjects.EnumerateArray().Select(key => Entry(reference.Subjects, key.GetString()))) : null;
    }

    private string? Entry(IReadOnlyList<Entry> entries, string? key) =>
        entries.FirstOrDefault(one => one.Key == key) is { } entry ? texts.Name(entry.Name) : key;

    /// <summary>As a submission keeps it, so that both are read in one way.</summary>
    private static JsonElement Flat(Application application) => JsonSerializer.SerializeToElement(application, Json.Options);
}
