namespace PedAtt.Contracts;

// What Applications tells. Every event carries its aggregate's id and version; who is told what about it is
// Notifications' table. Shapes are pinned by tests/Applications.Tests/Events: they grow by optional fields only.

/// <param name="Number">The application's human-readable number.</param>
/// <param name="OrganisationPath">From the teacher's organisation up to the republic: the secretary sits on the nearest
/// that has one.</param>
/// <param name="Submission">1 for the first time, more after a return or a refusal.</param>
public sealed record ApplicationSubmitted(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    int Submission
);

/// <param name="ReturnedBlocks">The blocks to be mended, by key, in the catalogue's order.</param>
public sealed record ApplicationReturned(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    IReadOnlyList<string> ReturnedBlocks
);

/// <param name="AcceptingOrganisationId">The body whose executor has to look at it now.</param>
public sealed record ApplicationForwarded(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    Guid AcceptingOrganisationId
);

public sealed record ApplicationAccepted(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    Guid AcceptingOrganisationId
);

/// <param name="Reasons">Those of the signed receipt.</param>
public sealed record ApplicationRefused(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    Guid AcceptingOrganisationId,
    IReadOnlyList<RefusalReason> Reasons
);

/// <param name="Code">A key of the refusal reasons in the reference data.</param>
public sealed record RefusalReason(string Code, string Text);

/// <param name="DecidingOrganisationId">The body whose commission decides.</param>
public sealed record ApplicationSentToCommission(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    Guid DecidingOrganisationId
);

/// <param name="Outcome"><c>meets</c>, <c>does-not-meet</c> or <c>one-level-lower</c>.</param>
/// <param name="AwardedCategory">With its names; null where nothing was awarded.</param>
/// <param name="ValidUntil">The last day of what was awarded or kept; null where it has no term.</param>
public sealed record ApplicationDecided(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    Guid DecidingOrganisationId,
    string Outcome,
    NamedCategory? AwardedCategory,
    bool KeepsCurrent,
    string ProtocolNumber,
    DateOnly ProtocolDate,
    DateOnly? ValidUntil,
    string? Reason
);

public sealed record NamedCategory(string Key, string Kk, string Ru, string En);

/// <summary>Taken back by its teacher after a first submission; it counts for its year only if the state service has
/// answered it.</summary>
/// <param name="From">The status it was withdrawn from.</param>
public sealed record ApplicationWithdrawn(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At,
    string From
);

/// <summary>A draft that nobody but its teacher ever saw.</summary>
public sealed record ApplicationDeleted(
    Guid ApplicationId,
    int Version,
    string Number,
    Guid TeacherId,
    IReadOnlyList<Guid> OrganisationPath,
    DateTimeOffset At
);
