using static PedAtt.Applications.Life.ApplicationAction;
using static PedAtt.Applications.Life.ApplicationStatus;
using static PedAtt.Applications.Life.Role;

namespace PedAtt.Applications.Life;

/// <param name="To">Null: a draft that nobody else ever saw ceases to be.</param>
public sealed record Move(ApplicationStatus From, ApplicationAction Action, ApplicationStatus? To, Role By);

/// <summary>
/// An application's whole life. From this table come the moves, the check of the role, <c>allowedActions</c>,
/// docs/application-lifecycle.md and a test of every status times every action times every role.
/// </summary>
public static class ApplicationLifecycle
{
    public static readonly IReadOnlyList<Move> Table =
    [
        // An edit leaves the status as it is; after a return it needs the block `application` to be among the returned ones.
        new(New, Edit, New, By: Teacher),
        new(ReturnedForRevision, Edit, ReturnedForRevision, By: Teacher),
        new(RefusedByStateService, Edit, RefusedByStateService, By: Teacher),

        new(New, Delete, null, By: Teacher),
        new(ReturnedForRevision, Delete, Withdrawn, By: Teacher),
        new(RefusedByStateService, Delete, Withdrawn, By: Teacher),

        // After a refusal the road begins at the secretary again (the guide: "заново отправить на проверку").
        new(New, Submit, UnderReview, By: Teacher),
        new(ReturnedForRevision, Submit, UnderReview, By: Teacher),
        new(RefusedByStateService, Submit, UnderReview, By: Teacher),

        new(UnderReview, Return, ReturnedForRevision, By: Secretary),
        new(UnderReview, Forward, UnderStateServiceReview, By: Secretary),

        new(UnderStateServiceReview, Accept, AcceptedByStateService, By: Executor),
        new(UnderStateServiceReview, Refuse, RefusedByStateService, By: Executor),
        new(AcceptedByStateService, SendToCommission, SentToCommission, By: Executor),

        // Deciding ends in the status that its outcome names.
        new(SentToCommission, Decide, Meets, By: CommissionChair),
        new(SentToCommission, Decide, DoesNotMeet, By: CommissionChair),
        new(SentToCommission, Decide, OneLevelLower, By: CommissionChair),
    ];

    /// <summary>The statuses that deciding can end in.</summary>
    public static IReadOnlyList<ApplicationStatus> Outcomes { get; } =
        [.. Table.Where(move => move.Action == Decide).Select(move => move.To!.Value)];

    /// <summary>Who takes this action, wherever it is allowed.</summary>
    public static Role By(ApplicationAction action) => Table.First(move => move.Action == action).By;

    public static bool Allows(ApplicationStatus from, ApplicationAction action) =>
        Table.Any(move => move.From == from && move.Action == action);

    /// <summary>The row for this action. Deciding has several, told apart by <paramref name="outcome"/>.</summary>
    /// <exception cref="Problem">transition.not-allowed</exception>
    public static Move Find(ApplicationStatus from, ApplicationAction action, ApplicationStatus? outcome = null) =>
        Table.FirstOrDefault(move => move.From == from && move.Action == action && (outcome is null || move.To == outcome))
        ?? throw Problem.Conflict(
            "transition.not-allowed", $"The table has no '{KebabCase.Of(action)}' from '{KebabCase.Of(from)}'.");

    public static IEnumerable<ApplicationAction> Actions(ApplicationStatus from, IReadOnlyCollection<Role> roles) =>
        Table.Where(move => move.From == from && roles.Contains(move.By)).Select(move => move.Action).Distinct().Order();
}
