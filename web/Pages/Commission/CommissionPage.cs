using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.Commission;

/// <summary>A page of the commission about one application.</summary>
public abstract class CommissionPage : DossierPage
{
    protected override string Part => Routes.Commission;

    protected override IReadOnlyList<string> Readers => [Roles.CommissionChair, Roles.CommissionMember];
}
