namespace PedAtt.Notifications;

/// <summary>The codes of the problems that this service alone answers with; their texts
/// stand in problems.json.</summary>
public static class Codes
{
    public const string NothingReturned = "nothing-returned";
    public const string LetterNotFailed = "letter.not-failed";
}
