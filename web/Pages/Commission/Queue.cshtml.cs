using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.Commission;

/// <summary>The list of the session: what waits for a decision first.</summary>
public sealed class QueueModel : QueuePage
{
    public override string Part => Routes.Commission;

    public override string Waiting => ApplicationStatus.SentToCommission;

    public override IReadOnlyList<string> Statuses => ApplicationStatus.SeenByCommission;

    protected override IReadOnlyList<string> Readers => [Roles.CommissionChair, Roles.CommissionMember];
}
