using PedAtt.Portfolio.Catalogues;

namespace PedAtt.Portfolio.Reviews;

public enum Verdict
{
    Accepted,
    Returned,
}

/// <summary>What the secretary said of a block, kept for good: the newest one counts.</summary>
public sealed class Review
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ApplicationId { get; init; }

    public required string Block { get; init; }

    /// <summary>The number of the submission that was looked at.</summary>
    public required int Submission { get; init; }

    public required Verdict Verdict { get; init; }

    public string? Comment { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid ById { get; init; }

    /// <summary>The portfolio's version that it raised; the block is mended once it changed after that.</summary>
    public required int Version { get; init; }

    /// <summary>For the block <c>application</c>: the edit of the application that was looked at.</summary>
    public required int EditVersion { get; init; }

    /// <summary>Whether what was looked at has changed since.</summary>
    /// <param name="currentEdit">The application's edit as it is now.</param>
    /// <param name="blockChangedAt">The portfolio's version at which the block last changed; null: never.</param>
    public bool IsMended(int currentEdit, int? blockChangedAt) =>
        Block == Catalogue.Application ? currentEdit > EditVersion : blockChangedAt > Version;
}
