namespace PedAtt.Contracts.Internal;

/// <summary>The moves that need another service's facts, and so seal it.</summary>
public static class SealedMoves
{
    public const string Submit = "submit";
    public const string Return = "return";
    public const string Forward = "forward";
    public const string Accept = "accept";
    public const string Refuse = "refuse";
}

/// <summary>
/// "A move to <paramref name="Version"/> is running: answer your facts as they are now, and let nobody write on older knowledge."
/// See docs/decisions on how submitting stays right under concurrency.
/// </summary>
/// <param name="SealId">New for each attempt; the snapshot is kept under it.</param>
/// <param name="Version">The version that the application has when the move commits.</param>
/// <param name="Submission">For submit: the number of the submission being made; else that of the current one.</param>
/// <param name="FilingDate">The day whose catalogue counts.</param>
/// <param name="ReturnedBlocks">The blocks that were returned last time and have to be mended (submit only).</param>
public sealed record PortfolioSeal(
    Guid SealId,
    int Version,
    string Move,
    int Submission,
    int EditVersion,
    DateOnly FilingDate,
    string ClaimedCategory,
    string? CurrentCategory,
    IReadOnlyList<string> ReturnedBlocks);

/// <summary>The portfolio's facts at the seal. Lists hold block keys, <c>identity-card</c> and <c>application</c> among them.</summary>
/// <param name="Missing">What is still to be filled, in the catalogue's order.</param>
/// <param name="Unchanged">Returned blocks that their teacher has not mended yet.</param>
/// <param name="Returned">Blocks whose verdict is "returned" now.</param>
/// <param name="NotReviewed">Blocks that a forward needs accepted and nobody has looked at since they were filled or mended.</param>
/// <param name="NotScanned">Blocks holding a file whose scan is not finished.</param>
public sealed record PortfolioFacts(
    bool Complete,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<string> Returned,
    IReadOnlyList<string> NotReviewed,
    IReadOnlyList<string> NotScanned,
    IReadOnlyList<SubmittedEntry> Entries,
    IReadOnlyList<BlockReview> Reviews);

/// <summary>One entry as it is submitted; the ID card and the photo are entries without fields.</summary>
public sealed record SubmittedEntry(
    string Block,
    Guid EntryId,
    IReadOnlyDictionary<string, System.Text.Json.JsonElement> Fields,
    IReadOnlyList<SubmittedFile> Files);

public sealed record SubmittedFile(Guid Id, string Name, string ContentType, long Size, string Sha256);

public sealed record BlockReview(string Block, string Verdict, string? Comment, DateTimeOffset At, Guid ById);

/// <summary>Asks how many returned blocks are still to be mended.</summary>
public sealed record ReturnedQuery(Guid Id, int EditVersion, IReadOnlyList<string> ReturnedBlocks);

/// <summary>Asks which blocks a return made now would name; what of the application decides that, as in <see cref="PortfolioSeal"/>.</summary>
public sealed record ReturnedBlocksQuery(int EditVersion, DateOnly FilingDate, string ClaimedCategory, string? CurrentCategory);

/// <inheritdoc cref="PortfolioSeal"/>
public sealed record DocumentSeal(Guid SealId, int Version, string Move, int Submission, int EditVersion);

/// <param name="Statement">The statement of the sealed edit; null where none was made.</param>
/// <param name="Receipt">The receipt of the sealed submission that counts (the signed one, else the newest); null where none was made.</param>
public sealed record DocumentFacts(StatementFacts? Statement, ReceiptFacts? Receipt);

/// <param name="SignedBy"><c>cms</c>, <c>scan</c> or null: not signed.</param>
public sealed record StatementFacts(Guid Id, string Number, string Sha256, string? SignedBy);

/// <param name="Kind"><c>acceptance</c> or <c>refusal</c>.</param>
public sealed record ReceiptFacts(Guid Id, string Number, string Kind, string Sha256, bool IsSigned, IReadOnlyList<ReceiptReason> Reasons);

/// <param name="Code">A key of the refusal reasons in the reference data.</param>
public sealed record ReceiptReason(string Code, string Text);
