namespace PedAtt.Contracts.Internal;

/// <summary>Who asks, as the called service's token says it: sent in the body of an internal call, never taken from outside.</summary>
public sealed record Caller(Guid UserId, IReadOnlyList<CallerAssignment> Assignments);

/// <summary>A role on an organisation; <paramref name="Level"/> is the organisation's level in the tree.</summary>
public sealed record CallerAssignment(string Role, Guid OrganisationId, string Level);

/// <summary>
/// What Applications answers to "may this caller see it, and what is open": the one judgement that Portfolio and Documents act on.
/// </summary>
/// <param name="IsOwner">The caller is the application's teacher.</param>
/// <param name="Roles">The roles in which the caller sees the application; <c>teacher</c> for its owner.</param>
/// <param name="HeldRoles">Every role that the caller holds over the application's organisation, also those that may not act on it now.</param>
public sealed record ApplicationAccess(
    bool IsOwner,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> HeldRoles,
    ApplicationFacts Facts);

/// <summary>An application as the other services need it. No IIN: that is Identity's.</summary>
/// <param name="Version">Raised by every change, moves included.</param>
/// <param name="EditVersion">The <paramref name="Version"/> at the last POST or PUT of the application's own data: a statement belongs to one.</param>
/// <param name="Open">What its teacher may change now.</param>
/// <param name="Submissions">Every submission made, oldest first; the last one is current.</param>
public sealed record ApplicationFacts(
    Guid Id,
    string Number,
    int Version,
    int EditVersion,
    string Status,
    Guid TeacherId,
    string TeacherName,
    Guid OrganisationId,
    IReadOnlyList<Guid> OrganisationPath,
    string DecidingLevel,
    Guid AcceptingOrganisationId,
    Guid DecidingOrganisationId,
    Openness Open,
    IReadOnlyList<SubmissionReference> Submissions,
    ApplicationData Data);

/// <summary>Everything (<c>Everything</c>), or only the returned blocks (<c>Blocks</c>, by key), or nothing (neither).</summary>
public sealed record Openness(bool Everything, IReadOnlyList<string> Blocks)
{
    public static readonly Openness Closed = new(false, []);

    public static readonly Openness Full = new(true, []);

    public bool Any => Everything || Blocks.Count > 0;
}

/// <param name="SealId">The seal under which Portfolio and Documents keep their snapshot of this submission.</param>
/// <param name="EditVersion">The edit of the application that was submitted.</param>
/// <param name="Forwarded">The secretary forwarded this submission to the state service.</param>
public sealed record SubmissionReference(int Number, Guid SealId, int EditVersion, DateTimeOffset At, bool Forwarded);

/// <summary>The application's own fields, with the names of what its keys mean, as a document prints them.</summary>
public sealed record ApplicationData(
    int AttestationYear,
    DateOnly FilingDate,
    Term StatementForm,
    string PositionRu,
    string PositionKk,
    Term AttestationKind,
    Term? CurrentCategory,
    DateOnly? CurrentCategoryValidUntil,
    Term ClaimedCategory,
    string Email,
    string Phone,
    IReadOnlyList<Term> Subjects,
    bool NotSubjectTeacher,
    string? About,
    string OrganisationNameKk,
    string OrganisationNameRu,
    DateTimeOffset CreatedAt);

/// <summary>A key of reference data with its names.</summary>
public sealed record Term(string Key, string Kk, string Ru, string En);
