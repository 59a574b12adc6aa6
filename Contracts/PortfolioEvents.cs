namespace PedAtt.Contracts;

/// <summary>
/// A file that was taken in unscanned turned out to be infected, or cannot be scanned: it counts as missing and nobody
/// can open it. Its teacher is told.
/// </summary>
/// <param name="Version">The portfolio's version, raised by the finding.</param>
/// <param name="Block">The key of the block that holds the file; <c>identity-card</c> and <c>photo</c> among
/// them.</param>
/// <param name="Reason"><c>file.infected</c> or <c>file.unscannable</c>; null is the former.</param>
public sealed record FileFoundInfected(
    Guid ApplicationId,
    int Version,
    Guid FileId,
    string Block,
    DateTimeOffset At,
    string? Reason = null
);
