using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.Secretary;

public sealed class QueueModel : QueuePage
{
    public override string Part => Routes.Review;

    public override string Waiting => ApplicationStatus.UnderReview;

    public override IReadOnlyList<string> Statuses => ApplicationStatus.SeenBySecretary;

    protected override IReadOnlyList<string> Readers => [Roles.Secretary];
}
