using PedAtt.Web.Pages.Applications;
using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages.Filing;

/// <summary>The application is with the secretary: its number, what happens next, by when.</summary>
public sealed class SentModel : ApplicationPage
{
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadApplicationAsync();
        return Application.IsUnderReview ? Page() : SeeOther(To.Status);
    }
}
