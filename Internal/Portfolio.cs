namespace PedAtt.Internal;

/// <summary>Asks Portfolio for the facts of a portfolio.</summary>
public sealed class PortfolioClient(HttpClient http)
{
    /// <summary>Stops writes made on older knowledge, and answers the portfolio's facts as they are then (decision
    /// 1).</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<PortfolioFacts> FreezeAsync(Guid applicationId, PortfolioFreeze freeze, CancellationToken ct) =>
        await http.AskAsync<PortfolioFreeze, PortfolioFacts>($"portfolios/{applicationId}/freeze", freeze, ct)
        ?? throw Problem.Unavailable();

    /// <summary>How many returned blocks of each application its teacher has not mended yet.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<IReadOnlyDictionary<Guid, int>> StillReturnedAsync(
        IReadOnlyList<ReturnedQuery> applications,
        CancellationToken ct
    ) =>
        applications.Count == 0
            ? new Dictionary<Guid, int>()
            : await http.AskAsync<IReadOnlyList<ReturnedQuery>, Dictionary<Guid, int>>(
                "portfolios/returned",
                applications,
                ct
            ) ?? throw Problem.Unavailable();

    /// <summary>The blocks that a return made now would name.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<IReadOnlyList<string>> ReturnedBlocksAsync(
        Guid applicationId,
        ReturnedBlocksQuery query,
        CancellationToken ct
    ) =>
        await http.AskAsync<ReturnedBlocksQuery, List<string>>($"portfolios/{applicationId}/returned-blocks", query, ct)
        ?? throw Problem.Unavailable();
}

/// <summary>The moves that need another service's facts, and so seal it.</summary>
public static class FreezingMoves
{
    public const string Submit = "submit";
    public const string Return = "return";
    public const string Forward = "forward";
    public const string Accept = "accept";
    public const string Refuse = "refuse";
}

/// <summary>
/// "A move to <paramref name="Version"/> is running: answer your facts as they are now, and let nobody write on older
/// knowledge." See docs/decisions on how submitting stays right under concurrency.
/// </summary>
/// <param name="SnapshotId">New for each attempt; the snapshot is kept under it.</param>
/// <param name="Version">The version that the application has when the move commits.</param>
/// <param name="Submission">For submit: the number of the submission being made; else that of the current one.</param>
/// <param name="FilingDate">The day whose catalogue counts.</param>
/// <param name="ReturnedBlocks">The blocks that were returned last time and have to be mended (submit only).</param>
public sealed record PortfolioFreeze(
    Guid SnapshotId,
    int Version,
    string Move,
    int Submission,
    int EditVersion,
    DateOnly FilingDate,
    string ClaimedCategory,
    string? CurrentCategory,
    IReadOnlyList<string> ReturnedBlocks
);

/// <summary>The portfolio's facts at the freeze. Lists hold block keys, <c>identity-card</c> and <c>application</c>
/// among them.</summary>
/// <param name="Missing">What is still to be filled, in the catalogue's order.</param>
/// <param name="Unchanged">Returned blocks that their teacher has not mended yet.</param>
/// <param name="Returned">Blocks whose verdict is "returned" now.</param>
/// <param name="NotReviewed">Blocks that a forward needs accepted and nobody has looked at since they were filled or
/// mended.</param>
/// <param name="NotScanned">Blocks holding a file whose scan is not finished.</param>
public sealed record PortfolioFacts(
    bool Complete,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<string> Returned,
    IReadOnlyList<string> NotReviewed,
    IReadOnlyList<string> NotScanned,
    IReadOnlyList<SubmittedEntry> Entries,
    IReadOnlyList<BlockReview> Reviews
);

/// <summary>One entry as it is submitted; the ID card and the photo are entries without fields.</summary>
public sealed record SubmittedEntry(
    string Block,
    Guid EntryId,
    IReadOnlyDictionary<string, System.Text.Json.JsonElement> Fields,
    IReadOnlyList<SubmittedFile> Files
);

public sealed record SubmittedFile(Guid Id, string Name, string ContentType, long Size, string Sha256);

public sealed record BlockReview(string Block, string Verdict, string? Comment, DateTimeOffset At, Guid ById);

/// <summary>Asks how many returned blocks are still to be mended.</summary>
public sealed record ReturnedQuery(Guid Id, int EditVersion, IReadOnlyList<string> ReturnedBlocks);

/// <summary>Asks which blocks a return made now would name; what of the application decides that, as in
/// <see cref="PortfolioFreeze"/>.</summary>
public sealed record ReturnedBlocksQuery(
    int EditVersion,
    DateOnly FilingDate,
    string ClaimedCategory,
    string? CurrentCategory
);
