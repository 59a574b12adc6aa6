namespace PedAtt.Web.Pages.Desk;

/// <summary>A name and what stands under it; <paramref name="Changed"/> where it differs from the submission
/// before.</summary>
public sealed record ReadRow(string Name, string? Text, bool Changed = false);

/// <param name="Url">The bytes, to be shown in the page.</param>
/// <param name="Open">Where a link leads that opens or saves the file.</param>
public sealed record ReadFile(
    string Name,
    string Url,
    string Open,
    string ContentType,
    long Size,
    string Scan,
    string Sha256
)
{
    /// <summary>A PDF that runs scripts or carries other files: whoever saves it is told.</summary>
    public bool Active { get; init; }

    public bool IsImage => ContentType.StartsWith("image/", StringComparison.Ordinal);
}

/// <param name="Rows">Short answers, to be read beside the file.</param>
/// <param name="Texts">Long ones, to be read in the file's place.</param>
public sealed record ReadEntry(
    Guid Id,
    IReadOnlyList<ReadRow> Rows,
    IReadOnlyList<ReadRow> Texts,
    IReadOnlyList<ReadFile> Files
)
{
    public static readonly ReadEntry None = new(Guid.Empty, [], [], []);

    /// <summary>The same with its differences from <paramref name="other"/> marked.</summary>
    public ReadEntry Against(ReadEntry other) =>
        this with
        {
            Rows = Marked(Rows, other.Rows),
            Texts = Marked(Texts, other.Texts),
        };

    public IReadOnlyList<ReadFile> FilesNotIn(ReadEntry other) =>
        [.. Files.Where(file => other.Files.All(one => one.Sha256 != file.Sha256))];

    private static IReadOnlyList<ReadRow> Marked(IReadOnlyList<ReadRow> rows, IReadOnlyList<ReadRow> others) =>
        [
            .. rows.Select(row =>
                row with
                {
                    Changed = others.FirstOrDefault(one => one.Name == row.Name)?.Text != row.Text,
                }
            ),
        ];
}

/// <summary>An entry as it was sent before, and as it is now; one of them is missing where it was added or taken
/// away.</summary>
public sealed record ReadChange(ReadEntry? Before, ReadEntry? Now)
{
    public ReadEntry Old => (Before ?? ReadEntry.None).Against(Now ?? ReadEntry.None);

    public ReadEntry New => (Now ?? ReadEntry.None).Against(Before ?? ReadEntry.None);

    public IReadOnlyList<ReadFile> OldFiles => (Before ?? ReadEntry.None).FilesNotIn(Now ?? ReadEntry.None);

    public IReadOnlyList<ReadFile> NewFiles => (Now ?? ReadEntry.None).FilesNotIn(Before ?? ReadEntry.None);

    public bool Differs =>
        Before is null
        || Now is null
        || OldFiles.Count + NewFiles.Count > 0
        || New.Rows.Concat(New.Texts).Concat(Old.Rows).Concat(Old.Texts).Any(row => row.Changed);
}

public sealed record ReadBlock(
    string Key,
    string Name,
    string Status,
    Web.Api.Review? Review,
    IReadOnlyList<ReadEntry> Entries
)
{
    public bool IsEmpty => Status is "empty" or "not-applicable";

    /// <summary>It waits for the secretary's word.</summary>
    public bool IsOpen => Status == "filled";

    /// <summary>The status as the staff sees it: what was returned waits for another.</summary>
    public string Tag =>
        IsOpen ? "pending"
        : Status == "returned" ? "sent-back"
        : Status;

    public IEnumerable<ReadFile> Files => Entries.SelectMany(entry => entry.Files);
}
