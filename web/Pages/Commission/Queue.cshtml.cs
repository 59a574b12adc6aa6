using PedAtt.Web.Pages.Staff;

namespace PedAtt.Web.Pages.Commission;

/// <summary>The list of the session: what waits for a decision first.</summary>
public sealed class QueueModel : QueuePage
{
    public override string Part => "/commission";

    public override string Waiting => "sent-to-commission";

    public override IReadOnlyList<string> Statuses => ["sent-to-commission", "meets", "does-not-meet", "one-level-lower"];

    protected override IReadOnlyList<string> Readers => [Roles.CommissionChair, Roles.CommissionMember];
}
