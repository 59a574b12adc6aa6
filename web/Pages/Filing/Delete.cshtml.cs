using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Filing;

/// <summary>«Удалить заявление»: what happens then, and once more whether it shall.</summary>
public sealed class DeleteModel : ApplicationPage
{
    /// <summary>Somebody has seen it already: it is withdrawn, not gone.</summary>
    public bool WasSent => Application.SubmittedAt is not null;

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadApplicationAsync();
        return Application.Allows("delete") ? Page() : SeeOther(To.Status);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadApplicationAsync();
        if (!await TryAsync(() => Api.DeleteAsync($"/api/applications/{Id}")))
            return Again();
        return SeeOther(Routes.Applications + "?deleted=true");
    }
}
