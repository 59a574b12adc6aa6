using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Filing;

/// <summary>«Отправить на проверку»: asked once more, in the guide's words, with its «Ок».</summary>
public sealed class SendModel : ApplicationPage
{
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadPortfolioAsync();
        return Application.Allows("submit") ? Page() : SeeOther(To.Status);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadPortfolioAsync();
        try
        {
            await Api.PostAsync($"/api/applications/{Id}/submit");
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Require(problem.List("missing"), problem.List("blocks"), signed: problem.Code != "statement.not-signed");
            Show(problem);
            return Again();
        }
        return SeeOther(To.Sent);
    }
}
