using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages.Applications;

/// <summary>The application is with the secretary: its number, what happens next, by when.</summary>
public sealed class SentModel : ApplicationPage
{
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadApplicationAsync();
        return Application.Status == "under-review" ? Page() : SeeOther(Root);
    }
}
