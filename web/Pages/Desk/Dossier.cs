using System.Globalization;
using System.Text.Json;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Desk;

/// <summary>
/// An application with everything that belongs to it, as the staff reads it: block by block, the application's own data
/// and the identity card among them.
/// </summary>
public sealed partial class Dossier
{
    /// <summary>The block of the application's own data.</summary>
    public const string OwnData = "application";

    public const string IdentityCard = "identity-card";

    private readonly Texts texts;
    private readonly Catalogue catalogue;
    private readonly Reference reference;
    private readonly Portfolio? earlier;

    public Dossier(
        Texts texts,
        Catalogue catalogue,
        Reference reference,
        Application application,
        Portfolio portfolio,
        IReadOnlyList<Document> documents,
        DossierRoutes to,
        SubmissionData? earlierFields = null,
        Portfolio? earlier = null
    )
    {
        (this.texts, this.catalogue, this.reference, this.earlier) = (texts, catalogue, reference, earlier);
        (Application, Portfolio, Documents, To) = (application, portfolio, documents, to);
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

    /// <summary>The pages of this application for whoever reads it here.</summary>
    public DossierRoutes To { get; }

    public IReadOnlyList<ReadBlock> Blocks { get; }

    /// <summary>What can be looked at: what is empty is only named.</summary>
    public IEnumerable<ReadBlock> Filled => Blocks.Where(block => !block.IsEmpty);

    public ReadBlock? Current { get; private set; }

    /// <summary>It was sent more than once: there is something to compare with.</summary>
    public bool IsAgain => earlier is not null;

    private IReadOnlyList<ReadRow>? EarlierData { get; }

    public Document? Statement =>
        Documents.LastOrDefault(one => one.Kind == "statement" && one.IsCurrent)
        ?? Documents.LastOrDefault(one => one.Kind == "statement");

    /// <summary>The receipt of what was sent last.</summary>
    public Document? Receipt => Documents.LastOrDefault(one => one.Kind != "statement" && one.IsCurrent);

    /// <summary>What was never judged says nothing any more once the secretary has handed the application on.</summary>
    public bool Says(ReadBlock block) => !block.IsOpen || Application.IsJudged;

    public bool Show(string key) => (Current = Filled.FirstOrDefault(block => block.Key == key)) is not null;

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

    /// <summary>What became of the block's entries since the submission before; empty where there was none, or nothing
    /// changed.</summary>
    public IReadOnlyList<ReadChange> Changes(ReadBlock block)
    {
        if (earlier is null)
            return [];
        var before = EarlierEntries(block.Key);
        var changes = block
            .Entries.Select(entry => new ReadChange(before.FirstOrDefault(one => one.Id == entry.Id), entry))
            .Concat(
                before
                    .Where(one => block.Entries.All(entry => entry.Id != one.Id))
                    .Select(one => new ReadChange(one, null))
            );
        return [.. Replaced([.. changes]).Where(change => change.Differs)];
    }

    /// <summary>The teacher changed it since the secretary saw it last; what they left as it was only waits for its
    /// verdict again.</summary>
    public bool IsMended(ReadBlock block) => block.IsOpen && Changes(block).Count > 0;

    public ReadFile FileOf(StoredFile file)
    {
        var url = $"/api/portfolios/{Application.Id}/files/{file.Id}";
        var inline = url + "?inline=true";
        return new(
            file.Name,
            inline,
            file.ContentType.StartsWith("image/", StringComparison.Ordinal) ? inline : url,
            file.ContentType,
            file.Size,
            file.ScanWord,
            file.Sha256
        )
        {
            Active = file.Active,
        };
    }

    /// <summary>A document's PDF, to be read in the page.</summary>
    public ReadFile PaperOf(Document document) =>
        new(
            $"{texts["reading.document." + document.Kind]} № {document.Number}",
            $"/api/documents/{document.Id}/content",
            $"/api/documents/{document.Id}/content",
            "application/pdf",
            document.Size,
            "clean",
            document.Sha256
        );

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

    private ReadBlock BlockOf(Block block) =>
        new(
            block.Key,
            catalogue.Block(block.Key) is { } definition ? texts.Name(definition.Name) : block.Key,
            block.Status,
            block.Review,
            EntriesOf(block)
        );

    private IReadOnlyList<ReadEntry> EarlierEntries(string key) =>
        key switch
        {
            OwnData => EarlierData is null ? [] : [new(Guid.Empty, EarlierData, [], [])],
            IdentityCard => SingleFiles(earlier!),
            _ => earlier!.Block(key) is { } block ? EntriesOf(block) : [],
        };

    private IReadOnlyList<ReadEntry> SingleFiles(Portfolio portfolio) =>
        portfolio.IdentityCard is null
            ? []
            :
            [
                new(
                    Guid.Empty,
                    [],
                    [],
                    [.. new[] { portfolio.IdentityCard, portfolio.Photo }.OfType<StoredFile>().Select(FileOf)]
                ),
            ];

    private IReadOnlyList<ReadEntry> EntriesOf(Block block)
    {
        var fields = catalogue.Block(block.Key)?.Fields ?? [];
        return
        [
            .. block.Entries.Select(entry => new ReadEntry(
                entry.Id,
                Rows(entry, isLong: false),
                Rows(entry, isLong: true),
                [.. entry.Files.Select(FileOf)]
            )),
        ];

        IReadOnlyList<ReadRow> Rows(PortfolioEntry entry, bool isLong) =>
            [
                .. fields
                    .Where(field => field.Type == "long-text" == isLong && entry.Fields.ContainsKey(field.Key))
                    .Select(field => new ReadRow(texts.Name(field.Name), TextOf(field, entry.Fields[field.Key]))),
            ];
    }

    private string? TextOf(FieldDefinition field, JsonElement value) =>
        (field.Type, value.ValueKind) switch
        {
            (_, JsonValueKind.Null or JsonValueKind.Undefined) => null,
            ("choice", _) => field.Choices?.FirstOrDefault(choice => choice.Key == value.GetString()) is { } choice
                ? texts.Name(choice.Name)
                : value.ToString(),
            ("date", _) => DateOnly.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var day)
                ? texts.Day(day)
                : value.ToString(),
            ("decimal", JsonValueKind.Number) => value.GetDecimal().ToString("0.##", texts.Culture),
            _ => value.ToString(),
        };
}
