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

/// <summary>A submission that came back to its teacher: what was in it is told by versions.</summary>
public sealed record FormerSubmission(int PortfolioVersion, int EditVersion);

/// <summary>
/// THE rules of a portfolio's completeness and of its blocks' statuses, over what is stored of one portfolio.
/// The guide: every active block is filled but «Награды»; what the Rules call "if any" (Annex 1, row 8) is never
/// mandatory.
/// </summary>
public sealed class PortfolioState(
    CatalogueContext catalogue,
    int version,
    IReadOnlyList<Entry> entries,
    IReadOnlyDictionary<Guid, PortfolioFile> files,
    IReadOnlyList<BlockChange> changes,
    IReadOnlyList<Review> reviews
)
{
    public int Version => version;

    public IReadOnlyList<SectionDefinition> Sections => catalogue.Sections;

    public IReadOnlyDictionary<Guid, PortfolioFile> Files => files;

    public IEnumerable<Entry> EntriesOf(string block) =>
        entries.Where(entry => entry.Block == block).OrderBy(entry => entry.Id);

    public Review? LastReview(string block) =>
        reviews.Where(review => review.Block == block).MaxBy(review => review.Version);

    public BlockStatus StatusOf(string key)
    {
        if (catalogue.Block(key) is { } block && !catalogue.IsApplicable(block))
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
            .. IsMissing(Catalogue.IdentityCard, new FileCount(1, 1))
                ? [Catalogue.IdentityCard]
                : Array.Empty<string>(),
            .. catalogue
                .Blocks.Where(block =>
                    catalogue.IsApplicable(block)
                    && (block.Requirement != Requirement.Optional || EntriesOf(block.Key).Any())
                )
                .Where(block => IsMissing(block.Key, block.Files))
                .Select(block => block.Key),
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
            .. Reviewable.Where(key =>
                StatusOf(key) == BlockStatus.Filled
                && (key != Catalogue.Application || LastReview(key)?.Verdict == Verdict.Returned)
            ),
        ];

    /// <summary>Whether a block's content is another than in that submission; null where there is none.</summary>
    public bool? HasChangedSince(string key, FormerSubmission? former) =>
        former is null ? null
        : key == Catalogue.Application ? catalogue.EditVersion > former.EditVersion
        : changes.Any(change => change.Block == key && change.Version > former.PortfolioVersion);

    public IReadOnlyList<string> NotScanned =>
        [
            .. entries
                .Where(entry => FilesOf(entry).Any(file => file.Scan == ScanState.Pending))
                .Select(entry => entry.Block)
                .Distinct(),
        ];

    public IEnumerable<PortfolioFile> FilesOf(Entry entry) => entry.FileIds.Select(id => files[id]);

    public IReadOnlyList<Entry> Entries => entries;

    public IReadOnlyList<Review> Reviews => reviews;

    private IEnumerable<string> Reviewable =>
        [Catalogue.Application, Catalogue.IdentityCard, .. catalogue.Blocks.Select(block => block.Key)];

    /// <summary>An infected file is as good as none.</summary>
    private bool IsMissing(string key, FileCount files) =>
        !EntriesOf(key).Any()
        || EntriesOf(key)
            .Any(entry =>
                FilesOf(entry).Count(file => !file.IsRefused) < files.Min
                || (files.Min == 0 && FilesOf(entry).Any(file => file.IsRefused))
            );

    private bool IsMended(Review review) =>
        review.IsMended(catalogue.EditVersion, changes.FirstOrDefault(change => change.Block == review.Block)?.Version);
}
