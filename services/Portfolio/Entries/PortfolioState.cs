using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Files;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Entries;

public enum BlockStatus
{
    Empty,
    Filled,
    NotApplicable,
    Returned,
    Accepted,
}

/// <summary>What of the application decides which blocks are active, and which edit of it is looked at.</summary>
public sealed record Claim(DateOnly FilingDate, string ClaimedCategory, string? CurrentCategory, int EditVersion);

/// <summary>
/// THE rules of a portfolio's completeness and of its blocks' statuses, over what is stored of one portfolio.
/// The guide: every active block is filled but «Награды»; what the Rules call "if any" (Annex 1, row 8) is never mandatory.
/// </summary>
public sealed class PortfolioState(
    Claim claim,
    int version,
    IReadOnlyList<Entry> entries,
    IReadOnlyDictionary<Guid, PortfolioFile> files,
    IReadOnlyList<BlockChange> changes,
    IReadOnlyList<Review> reviews)
{
    public int Version => version;

    public IReadOnlyList<SectionDefinition> Sections { get; } = Catalogue.Current.On(claim.FilingDate);

    public IEnumerable<BlockDefinition> Blocks => Sections.SelectMany(section => section.Blocks);

    public IReadOnlyDictionary<Guid, PortfolioFile> Files => files;

    /// <summary>The catalogue's block, or null: no block of that key is in force for this application.</summary>
    public BlockDefinition? Block(string key) => Blocks.FirstOrDefault(block => block.Key == key);

    public IEnumerable<Entry> EntriesOf(string block) => entries.Where(entry => entry.Block == block).OrderBy(entry => entry.Id);

    public Review? LastReview(string block) =>
        reviews.Where(review => review.Block == block).MaxBy(review => review.Version);

    /// <summary>«Действующая категория» is not applicable without one; other blocks by the claimed category.</summary>
    public bool IsApplicable(BlockDefinition block) =>
        (block.Requirement != Requirement.WithCurrentCategory || claim.CurrentCategory is not null)
        && (block.Categories is null || block.Categories.Contains(claim.ClaimedCategory));

    public BlockStatus StatusOf(string key)
    {
        if (Block(key) is { } block && !IsApplicable(block))
            return BlockStatus.NotApplicable;
        if (key != Catalogue.Application && !EntriesOf(key).Any())
            return BlockStatus.Empty;
        return LastReview(key) is not { } review || IsMended(review) ? BlockStatus.Filled
            : review.Verdict == Verdict.Accepted ? BlockStatus.Accepted
            : BlockStatus.Returned;
    }

    /// <summary>What is still to be filled before sending, in the order in which it is shown.</summary>
    public IReadOnlyList<string> Missing =>
    [
        .. IsMissing(Catalogue.IdentityCard, new FileCount(1, 1)) ? [Catalogue.IdentityCard] : Array.Empty<string>(),
        .. Blocks.Where(block => IsApplicable(block) && (block.Requirement != Requirement.Optional || EntriesOf(block.Key).Any()))
            .Where(block => IsMissing(block.Key, block.Files)).Select(block => block.Key),
    ];

    /// <summary>Blocks whose verdict is "returned" and that have not been mended.</summary>
    public IReadOnlyList<string> Returned => [.. Reviewable.Where(key => StatusOf(key) == BlockStatus.Returned)];

    /// <summary>Of the blocks returned last time, those that nobody has touched since.</summary>
    public IReadOnlyList<string> Unchanged(IEnumerable<string> returned) =>
        [.. returned.Where(key => LastReview(key) is { Verdict: Verdict.Returned } review && !IsMended(review))];

    /// <summary>
    /// What a forward needs looked at: every filled block and the ID card; the application's own data only where it was
    /// returned once and edited since.
    /// </summary>
    public IReadOnlyList<string> NotReviewed =>
    [
        .. Reviewable.Where(key => StatusOf(key) == BlockStatus.Filled
            && (key != Catalogue.Application || LastReview(key)?.Verdict == Verdict.Returned)),
    ];

    public IReadOnlyList<string> NotScanned =>
        [.. entries.Where(entry => FilesOf(entry).Any(file => file.Scan == ScanState.Pending)).Select(entry => entry.Block).Distinct()];

    public IEnumerable<PortfolioFile> FilesOf(Entry entry) => entry.FileIds.Select(id => files[id]);

    public IReadOnlyList<Entry> Entries => entries;

    public IReadOnlyList<Review> Reviews => reviews;

    private IEnumerable<string> Reviewable => [Catalogue.Application, Catalogue.IdentityCard, .. Blocks.Select(block => block.Key)];

    /// <summary>An infected file is as good as none.</summary>
    private bool IsMissing(string key, FileCount files) =>
        !EntriesOf(key).Any() || EntriesOf(key).Any(entry => FilesOf(entry).Count(file => file.Scan != ScanState.Infected) < files.Min
            || (files.Min == 0 && FilesOf(entry).Any(file => file.Scan == ScanState.Infected)));

    private bool IsMended(Review review) => review.Block == Catalogue.Application
        ? claim.EditVersion > review.EditVersion
        : changes.Any(change => change.Block == review.Block && change.Version > review.Version);
}
