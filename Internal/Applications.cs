using System.Text.Json;

namespace PedAtt.Internal;

/// <summary>
/// Asks Applications, the only judge of who may see an application and of what in it is open (docs/decisions). The
/// services that keep what belongs to an application begin each call here.
/// </summary>
public sealed class ApplicationsClient(HttpClient http, CurrentUser user)
{
    /// <summary>What the current user may see of the application.</summary>
    /// <param name="settle">Answered only once a move that is running now has ended.</param>
    /// <exception cref="Problem">404 not-found</exception>
    public async Task<ApplicationAccess> AccessAsync(Guid applicationId, CancellationToken ct, bool settle = false)
    {
        var caller = new Caller(
            user.Id,
            [.. user.Assignments.Select(one => new CallerAssignment(one.Role, one.OrganisationId, one.Level))]
        );
        return await http.AskAsync<Caller, ApplicationAccess>(
                $"applications/{applicationId}/access?settle={(settle ? "true" : "false")}",
                caller,
                ct
            ) ?? throw Problem.NotFound();
    }

    /// <summary>The application without anybody looking at it; null where there is none any more (a deleted
    /// draft).</summary>
    public Task<ApplicationFacts?> FactsAsync(Guid applicationId, CancellationToken ct) =>
        http.AskAsync<ApplicationFacts>($"applications/{applicationId}", ct);

    /// <summary>The move that would bring the application to this status, with the event that it would publish now;
    /// null where no move of somebody else's than its teacher does, or what it tells is still to be written (a
    /// decision).</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public Task<MovePreview?> MoveAsync(Guid applicationId, string status, CancellationToken ct) =>
        http.AskAsync<MovePreview>($"applications/{applicationId}/moves/{Uri.EscapeDataString(status)}/event", ct);
}

public static class ApplicationAccessGuards
{
    /// <exception cref="Problem">403 role.not-allowed</exception>
    public static void RequireOwner(this ApplicationAccess access)
    {
        if (!access.IsOwner)
            throw Problem.NotAllowed();
    }

    /// <summary>Nobody acts on their own application in another role.</summary>
    /// <exception cref="Problem">403 own-application, role.not-allowed</exception>
    public static void RequireRole(this ApplicationAccess access, string role)
    {
        if (access.IsOwner)
            throw Problem.NotAllowed(
                access.HeldRoles.Contains(role) ? SharedCodes.OwnApplication : SharedCodes.RoleNotAllowed
            );
        if (!access.Roles.Contains(role))
            throw Problem.NotAllowed();
    }

    /// <summary>Whether now is the time for it is the application's lifecycle's to say.</summary>
    /// <exception cref="Problem">409 transition.not-allowed</exception>
    public static void RequireWork(this ApplicationAccess access, string work, string rule)
    {
        if (!access.Facts.Work.Contains(work))
            throw Problem.Conflict(SharedCodes.TransitionNotAllowed, rule);
    }

    /// <summary>Notes that somebody else reads what belongs to the application, in the first role that lets them see
    /// it.</summary>
    public static async Task NoteReadingAsync(
        this ServiceDb db,
        ApplicationAccess access,
        CurrentUser reader,
        string subject,
        Guid subjectId,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (access.IsOwner)
            return;
        db.Readings.Add(
            new Reading
            {
                ReaderId = reader.Id,
                Role = access.Roles[0],
                Subject = subject,
                SubjectId = subjectId,
                ApplicationId = access.Facts.Id,
                At = clock.Now(),
            }
        );
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Who asks, as the called service's token says it: sent in the body of an internal call, never taken from
/// outside.</summary>
public sealed record Caller(Guid UserId, IReadOnlyList<CallerAssignment> Assignments);

/// <summary>A role on an organisation; <paramref name="Level"/> is the organisation's level in the tree.</summary>
public sealed record CallerAssignment(string Role, Guid OrganisationId, string Level);

/// <summary>
/// What Applications answers to "may this caller see it, and what is open": the one judgement that Portfolio and
/// Documents act on.
/// </summary>
/// <param name="IsOwner">The caller is the application's teacher.</param>
/// <param name="Roles">The roles in which the caller sees the application; <c>teacher</c> for its owner.</param>
/// <param name="HeldRoles">Every role that the caller holds over the application's organisation, also those that may
/// not act on it now.</param>
public sealed record ApplicationAccess(
    bool IsOwner,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> HeldRoles,
    ApplicationFacts Facts
);

/// <summary>An application as the other services need it. No IIN: that is Identity's.</summary>
/// <param name="Version">Raised by every change, moves included.</param>
/// <param name="EditVersion">The <paramref name="Version"/> at the last POST or PUT of the application's own data: a
/// statement belongs to one.</param>
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
    ApplicationData Data
)
{
    /// <summary>Whose turn it is: <c>teacher</c>, <c>secretary</c>, <c>state-service</c> or <c>commission</c>; null:
    /// nobody's any more.</summary>
    public string? Stage { get; init; }

    /// <summary>What others than its teacher may do now to what belongs to it, see
    /// <see cref="ApplicationWork"/>.</summary>
    public IReadOnlyList<string> Work { get; init; } = [];
}

/// <summary>What somebody does, at one stage of an application, to what another service keeps of it.</summary>
public static class ApplicationWork
{
    /// <summary>The secretary's verdicts over the blocks of the portfolio.</summary>
    public const string ReviewBlocks = "review-blocks";

    /// <summary>The executor's receipt: made, and signed.</summary>
    public const string SignReceipt = "sign-receipt";
}

/// <summary>A move as Applications would make it now.</summary>
/// <param name="Action">The move that ends in the status that was asked for.</param>
/// <param name="By">Whose it is.</param>
/// <param name="IsAllowed">Whether the application's status lets it be made now.</param>
/// <param name="Type">The full name of the event that it would publish; null where it is not allowed.</param>
/// <param name="Event">That event.</param>
public sealed record MovePreview(string Action, string By, bool IsAllowed, string? Type, JsonElement? Event);

/// <summary>Everything (<c>Everything</c>), or only the returned blocks (<c>Blocks</c>, by key), or nothing
/// (neither).</summary>
public sealed record Openness(bool Everything, IReadOnlyList<string> Blocks)
{
    public static readonly Openness Closed = new(false, []);

    public static readonly Openness Full = new(true, []);

    public bool Any => Everything || Blocks.Count > 0;
}

/// <param name="SnapshotId">The seal under which Portfolio and Documents keep their snapshot of this
/// submission.</param>
/// <param name="EditVersion">The edit of the application that was submitted.</param>
/// <param name="Forwarded">The secretary forwarded this submission to the state service.</param>
public sealed record SubmissionReference(
    int Number,
    Guid SnapshotId,
    int EditVersion,
    DateTimeOffset At,
    bool Forwarded
);

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
    DateTimeOffset CreatedAt
);

/// <summary>A key of reference data with its names.</summary>
public sealed record Term(string Key, string Kk, string Ru, string En);
