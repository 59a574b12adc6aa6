using PedAtt.Web.Pages.Staff;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The territory's queue: who waits longest stands first, and so does whose term has passed.</summary>
public sealed class QueueModel : QueuePage
{
    public override string Part => "/service";

    public override string Waiting => "under-state-service-review";

    public override bool HasTerm => true;

    public override IReadOnlyList<string> Statuses =>
    [
        "under-state-service-review", "accepted-by-state-service", "refused-by-state-service", "sent-to-commission",
        "meets", "does-not-meet", "one-level-lower",
    ];

    protected override IReadOnlyList<string> Readers => [Roles.Executor];
}
