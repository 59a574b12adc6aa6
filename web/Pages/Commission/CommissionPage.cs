using PedAtt.Web.Pages.Staff;

namespace PedAtt.Web.Pages.Commission;

/// <summary>A page of the commission about one application.</summary>
public abstract class CommissionPage : ReadingPage
{
    protected override string Part => "/commission";

    protected override IReadOnlyList<string> Readers => [Roles.CommissionChair, Roles.CommissionMember];
}
