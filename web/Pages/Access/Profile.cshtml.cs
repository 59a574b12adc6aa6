using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Access;

/// <summary>Who the reader is here. What an administrator gave is only read; the rest leads to where it is
/// changed.</summary>
public sealed class ProfileModel : SitePage
{
    /// <summary>Null while Notifications does not answer: the rest of the page stands without it.</summary>
    public Preferences? Preferences { get; private set; }

    public async Task OnGetAsync()
    {
        try
        {
            Preferences = await Api.GetAsync<Preferences>("/api/notifications/preferences");
        }
        catch (ApiProblemException problem) when (problem.Status >= 500)
        {
            Preferences = null;
        }
    }

    /// <summary>Out on all devices, this one included.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await Api.DeleteAsync("/api/identity/tokens?all=true");
        Response.Headers[PagesHeaders.SessionEnded] = "true";
        return SeeOther(Routes.SignIn + "?done=everywhere");
    }
}
