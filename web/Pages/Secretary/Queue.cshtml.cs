using PedAtt.Web.Pages.Staff;

namespace PedAtt.Web.Pages.Secretary;

public sealed class QueueModel : QueuePage
{
    public override string Part => "/review";

    public override string Waiting => "under-review";

    public override IReadOnlyList<string> Statuses =>
    [
        "under-review", "returned-for-revision", "under-state-service-review", "accepted-by-state-service",
        "refused-by-state-service", "sent-to-commission", "meets", "does-not-meet", "one-level-lower",
    ];

    protected override IReadOnlyList<string> Readers => [Roles.Secretary];
}
