using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Pages.Applications;

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
