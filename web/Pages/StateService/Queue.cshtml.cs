using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The territory's queue: who waits longest stands first, and so does whose term has passed.</summary>
public sealed class QueueModel : QueuePage
{
    public override string Part => Routes.Service;

    public override string Waiting => ApplicationStatus.UnderStateServiceReview;

    public override bool HasTerm => true;

    public override IReadOnlyList<string> Statuses => ApplicationStatus.SeenByStateService;

    protected override IReadOnlyList<string> Readers => [Roles.Executor];
}
