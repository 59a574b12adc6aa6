using static PedAtt.Applications.Life.ApplicationAction;
using static PedAtt.Applications.Life.ApplicationStatus;
using static PedAtt.Applications.Life.Role;

namespace PedAtt.Applications.Life;

/// <param name="To">Null: a draft that nobody else ever saw ceases to be.</param>
public sealed record Move(ApplicationStatus From, ApplicationAction Action, ApplicationStatus? To, Role By);

/// <summary>Whose turn it is.</summary>
public enum Stage
{
    Teacher,
    Secretary,
    StateService,
    Commission,
}

/// <summary>What its teacher may change in the portfolio.</summary>
public enum OpenPart
{
    Nothing,
    ReturnedBlocks,
    Everything,
}

/// <summary>What somebody else does meanwhile to what belongs to the application and is kept by another
/// service.</summary>
public enum Work
{
    ReviewBlocks,
    SignReceipt,
}

/// <summary>Within what time whoever has the turn must answer.</summary>
public enum Deadline
{
    /// <summary>One working day (paragraph 16 of the Rules): <see cref="Year.WorkingDays"/>.</summary>
    StateServiceAnswer,
}

/// <param name="At">Null: nobody's turn any more.</param>
/// <param name="SeenBy">Who sees it besides its teacher; of executors those whose body it was once forwarded
/// to.</param>
/// <param name="IsListed">Whether those who see it find it in their lists.</param>
/// <param name="IsFinal">Nothing follows.</param>
/// <param name="BodiesFollow">Whether the bodies that accept and decide still follow a change of the organisation's
/// subordination: not once the state service has the application.</param>
public sealed record StatusFacts(
    ApplicationStatus Status,
    Stage? At,
    OpenPart Open,
    IReadOnlyList<Role> SeenBy,
    Work? Work = null,
    Deadline? Deadline = null,
    bool BodiesFollow = false,
    bool IsFinal = false,
    bool IsListed = true
);

/// <summary>
/// An application's whole life: the moves from status to status, and what is true in each status. From these two tables
/// come the check of the role, <c>allowedActions</c>, what is open, who sees it, docs/application-lifecycle.md and a
/// test of every status times every action times every role. No other place compares a status.
/// </summary>
public static class ApplicationLifecycle
{
    private static readonly Role[] Nobody = [];
    private static readonly Role[] Reviewers = [Secretary, Executor];
    private static readonly Role[] Everybody = [Secretary, Executor, CommissionMember, CommissionChair];

    public static readonly IReadOnlyList<StatusFacts> Statuses =
    [
        new(New, Stage.Teacher, OpenPart.Everything, SeenBy: Nobody, BodiesFollow: true),
        new(UnderReview, Stage.Secretary, OpenPart.Nothing, SeenBy: Reviewers, Work.ReviewBlocks, BodiesFollow: true),
        new(ReturnedForRevision, Stage.Teacher, OpenPart.ReturnedBlocks, SeenBy: Reviewers, BodiesFollow: true),
        new(
            UnderStateServiceReview,
            Stage.StateService,
            OpenPart.Nothing,
            SeenBy: Reviewers,
            Work.SignReceipt,
            Deadline.StateServiceAnswer
        ),
        new(AcceptedByStateService, Stage.StateService, OpenPart.Nothing, SeenBy: Reviewers),
        new(RefusedByStateService, Stage.Teacher, OpenPart.Everything, SeenBy: Reviewers, BodiesFollow: true),
        new(SentToCommission, Stage.Commission, OpenPart.Nothing, SeenBy: Everybody),
        new(Meets, null, OpenPart.Nothing, SeenBy: Everybody, IsFinal: true),
        new(DoesNotMeet, null, OpenPart.Nothing, SeenBy: Everybody, IsFinal: true),
        new(OneLevelLower, null, OpenPart.Nothing, SeenBy: Everybody, IsFinal: true),
        // Its teacher may look at it; those who saw it before may too.
        new(Withdrawn, Stage.Teacher, OpenPart.Nothing, SeenBy: Reviewers, IsFinal: true, IsListed: false),
    ];

    public static readonly IReadOnlyList<Move> Table =
    [
        // An edit leaves the status as it is; after a return it needs the block `application` to be among the returned
        // ones.
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

    public static StatusFacts Of(ApplicationStatus status) => Statuses[(int)status];

    public static IReadOnlyList<ApplicationStatus> Where(Func<StatusFacts, bool> fact) =>
        [.. Statuses.Where(fact).Select(facts => facts.Status)];

    /// <summary>The move of somebody else than its teacher that ends there; deciding is told apart by what the chair
    /// has yet to write.</summary>
    public static Move? To(string status) =>
        Table.FirstOrDefault(move =>
            move.By != Teacher && move.Action != Decide && move.To is { } to && KebabCase.Of(to) == status
        );

    /// <summary>The statuses that deciding can end in.</summary>
    public static IReadOnlyList<ApplicationStatus> Outcomes { get; } =
    [.. Table.Where(move => move.Action == Decide).Select(move => move.To!.Value)];

    /// <summary>For whom somebody acts: a commission's member and its chair are of one party.</summary>
    public static Role PartyOf(Role role) => role == CommissionMember ? CommissionChair : role;

    /// <summary>Who takes this action, wherever it is allowed.</summary>
    public static Role By(ApplicationAction action) => Table.First(move => move.Action == action).By;

    public static bool Allows(ApplicationStatus from, ApplicationAction action) =>
        Table.Any(move => move.From == from && move.Action == action);

    /// <summary>The row for this action. Deciding has several, told apart by <paramref name="outcome"/>.</summary>
    /// <exception cref="Problem">transition.not-allowed</exception>
    public static Move Find(ApplicationStatus from, ApplicationAction action, ApplicationStatus? outcome = null) =>
        Table.FirstOrDefault(move =>
            move.From == from && move.Action == action && (outcome is null || move.To == outcome)
        )
        ?? throw Problem.Conflict(
            SharedCodes.TransitionNotAllowed,
            $"The table has no '{KebabCase.Of(action)}' from '{KebabCase.Of(from)}'."
        );

    public static IEnumerable<ApplicationAction> Actions(ApplicationStatus from, IReadOnlyCollection<Role> roles) =>
        Table
            .Where(move => move.From == from && roles.Contains(move.By))
            .Select(move => move.Action)
            .Distinct()
            .Order();
}
