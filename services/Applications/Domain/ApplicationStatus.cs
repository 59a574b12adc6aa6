using System.Text.Json;

namespace PedAtt.Applications.Domain;

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
/// The roles in which somebody has to do with an application. Heads and administrators are not among them: they see none.
/// </summary>
public enum Party
{
    /// <summary>The one whose application it is.</summary>
    Teacher,
    Secretary,
    Executor,
    CommissionMember,
    CommissionChair,
}

/// <summary>Enum values as the kebab-case words of the contract.</summary>
public static class Words
{
    public static string Of<TEnum>(TEnum value) where TEnum : struct, Enum =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static TEnum? Parse<TEnum>(string word) where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
            if (Of(value) == word)
                return value;
        return null;
    }
}
