namespace PedAtt.Applications.Life;

/// <summary>The ten statuses of the guide, and a withdrawal. In words: <c>under-state-service-review</c>.</summary>
public enum ApplicationStatus
{
    New,
    UnderReview,
    ReturnedForRevision,
    UnderStateServiceReview,
    AcceptedByStateService,
    RefusedByStateService,
    SentToCommission,
    Meets,
    DoesNotMeet,
    OneLevelLower,

    /// <summary>Taken back after a first submission: kept, in nobody's queue.</summary>
    Withdrawn,
}

/// <summary>In the order in which a page shows their buttons.</summary>
public enum ApplicationAction
{
    Edit,
    Delete,
    Submit,
    Return,
    Forward,
    Accept,
    Refuse,
    SendToCommission,
    Decide,
}

/// <summary>
/// The roles in which somebody has to do with an application. Heads and administrators are not among them: they see
/// none.
/// </summary>
public enum Role
{
    /// <summary>The one whose application it is.</summary>
    Teacher,
    Secretary,
    Executor,
    CommissionMember,
    CommissionChair,
}
