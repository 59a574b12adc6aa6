using System.Text.Json;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Files;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Entries;

/// <summary>The public shapes of a portfolio, an entry and a file.</summary>
/// <param name="NotReviewed">Filled blocks that nobody has looked at as they are now; null for what was
/// submitted.</param>
public sealed record PortfolioView(
    Guid ApplicationId,
    int Version,
    bool Locked,
    bool Complete,
    IReadOnlyList<string> Missing,
    FileView? IdentityCard,
    FileView? Photo,
    IReadOnlyList<SectionView> Sections,
    IReadOnlyDictionary<string, ReviewedView> Reviews,
    IReadOnlyList<string>? NotReviewed = null
)
{
    /// <param name="former">The submission that came back to the teacher last; null where none ever did.</param>
    public static PortfolioView Of(
        Guid applicationId,
        PortfolioState state,
        bool locked,
        FormerSubmission? former = null
    )
    {
        var missing = state.Missing;
        return new(
            applicationId,
            state.Version,
            locked,
            missing.Count == 0,
            missing,
            FileOf(Catalogue.IdentityCard),
            FileOf(Catalogue.Photo),
            [
                .. state.Sections.Select(section => new SectionView(
                    section.Key,
                    [.. section.Blocks.Select(block => BlockOf(block.Key))]
                )),
            ],
            new[] { Catalogue.IdentityCard, Catalogue.Application }.ToDictionary(
                key => key,
                key => new ReviewedView(
                    state.StatusOf(key),
                    ReviewView.Of(state.LastReview(key)),
                    state.HasChangedSince(key, former)
                )
            ),
            state.NotReviewed
        );

        FileView? FileOf(string key) =>
            state.EntriesOf(key).FirstOrDefault() is { } entry ? FileView.Of(state.FilesOf(entry).Single()) : null;

        BlockView BlockOf(string key) =>
            new(
                key,
                state.StatusOf(key),
                ReviewView.Of(state.LastReview(key)),
                [.. state.EntriesOf(key).Select(entry => EntryView.Of(entry, state.FilesOf(entry)))],
                state.HasChangedSince(key, former)
            );
    }

    /// <summary>A submission with what was said of it: the snapshot holds what stood there when it was sent.</summary>
    public PortfolioView With(IEnumerable<Review> reviewsOfSubmission)
    {
        var last = reviewsOfSubmission
            .GroupBy(review => review.Block)
            .ToDictionary(group => group.Key, group => group.MaxBy(review => review.Version)!);
        return this with
        {
            Locked = true,
            NotReviewed = null,
            Sections =
            [
                .. Sections.Select(section =>
                    section with
                    {
                        Blocks =
                        [
                            .. section.Blocks.Select(block =>
                                last.TryGetValue(block.Key, out var review)
                                    ? block with
                                    {
                                        Status = StatusOf(review),
                                        Review = ReviewView.Of(review),
                                    }
                                    : block
                            ),
                        ],
                    }
                ),
            ],
            Reviews = Reviews.ToDictionary(
                pair => pair.Key,
                pair =>
                    last.TryGetValue(pair.Key, out var review)
                        ? new ReviewedView(StatusOf(review), ReviewView.Of(review))
                        : pair.Value
            ),
        };

        static BlockStatus StatusOf(Review review) =>
            review.Verdict == Verdict.Accepted ? BlockStatus.Accepted : BlockStatus.Returned;
    }
}

public sealed record SectionView(string Key, IReadOnlyList<BlockView> Blocks);

/// <param name="ChangedSinceReturn">Its teacher has changed it since the application came back last; null where it
/// never did.</param>
public sealed record BlockView(
    string Key,
    BlockStatus Status,
    ReviewView? Review,
    IReadOnlyList<EntryView> Entries,
    bool? ChangedSinceReturn = null
);

/// <inheritdoc cref="BlockView"/>
public sealed record ReviewedView(BlockStatus Status, ReviewView? Review, bool? ChangedSinceReturn = null);

public sealed record ReviewView(Verdict Verdict, string? Comment, DateTimeOffset At)
{
    public static ReviewView? Of(Review? review) =>
        review is null ? null : new(review.Verdict, review.Comment, review.At);
}

public sealed record EntryView(
    Guid Id,
    int Version,
    IReadOnlyDictionary<string, JsonElement> Fields,
    IReadOnlyList<FileView> Files
)
{
    public static EntryView Of(Entry entry, IEnumerable<PortfolioFile> files) =>
        new(entry.Id, entry.Version, entry.Fields, [.. files.Select(FileView.Of)]);
}

/// <param name="Scan">One that could not be scanned is told as infected, which it may be; <paramref name="Reason"/>
/// says what is known.</param>
/// <param name="Active">A PDF that runs scripts or carries other files.</param>
/// <param name="Reason">The code that says why nobody can open it: <c>file.infected</c>,
/// <c>file.unscannable</c>.</param>
public sealed record FileView(
    Guid Id,
    string Name,
    string ContentType,
    long Size,
    string Sha256,
    ScanState Scan,
    bool Active = false,
    string? Reason = null
)
{
    public static FileView Of(PortfolioFile file) =>
        new(
            file.Id,
            file.Name,
            file.ContentType,
            file.Size,
            file.Sha256,
            file.IsRefused ? ScanState.Infected : file.Scan,
            file.Active,
            ScanStates.RefusalOf(file.Scan)
        );
}
