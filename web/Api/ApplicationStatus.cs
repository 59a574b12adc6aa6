namespace PedAtt.Web.Api;

/// <summary>
/// The statuses of an application. This file alone of the pages names them: whoever wants to know something of an
/// application asks for the fact (<see cref="Application.Allows"/>, <see cref="StageOf"/>,
/// <see cref="Application.IsReturned"/>), not for the word.
/// </summary>
public static class ApplicationStatus
{
    public const string UnderReview = "under-review";
    public const string ReturnedForRevision = "returned-for-revision";
    public const string UnderStateServiceReview = "under-state-service-review";
    public const string AcceptedByStateService = "accepted-by-state-service";
    public const string RefusedByStateService = "refused-by-state-service";
    public const string SentToCommission = "sent-to-commission";
    public const string Meets = "meets";
    public const string OneLevelLower = "one-level-lower";
    public const string DoesNotMeet = "does-not-meet";

    private const string New = "new";
    private const string Withdrawn = "withdrawn";

    /// <summary>What a commission may decide.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [Meets, OneLevelLower, DoesNotMeet];

    /// <summary>What the staff of each part of the road can ask for, in the order of the road.</summary>
    public static IReadOnlyList<string> SeenByCommission { get; } =
    [SentToCommission, Meets, DoesNotMeet, OneLevelLower];

    /// <inheritdoc cref="SeenByCommission"/>
    public static IReadOnlyList<string> SeenByStateService { get; } =
    [UnderStateServiceReview, AcceptedByStateService, RefusedByStateService, .. SeenByCommission];

    /// <inheritdoc cref="SeenByCommission"/>
    public static IReadOnlyList<string> SeenBySecretary { get; } =
    [UnderReview, ReturnedForRevision, .. SeenByStateService];

    /// <summary>Who has the ball; null where nobody has it any more.</summary>
    public static string? StageOf(string status) =>
        status switch
        {
            New or ReturnedForRevision or RefusedByStateService or Withdrawn => "teacher",
            UnderReview => "secretary",
            UnderStateServiceReview or AcceptedByStateService => "state-service",
            SentToCommission => "commission",
            Meets or DoesNotMeet or OneLevelLower => null,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No status of an application."),
        };

    /// <summary>The decision has to be explained to the teacher.</summary>
    public static bool NeedsReason(string? outcome) => outcome is DoesNotMeet or OneLevelLower;

    internal static bool IsReturned(string status) => status == ReturnedForRevision;

    internal static bool IsRefused(string status) => status == RefusedByStateService;

    internal static bool IsWithdrawn(string status) => status == Withdrawn;

    internal static bool IsUnderReview(string status) => status == UnderReview;
}
