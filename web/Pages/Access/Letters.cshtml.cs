using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Access;

/// <summary>How the reader is told by e-mail; in the system itself everybody is always told.</summary>
public sealed class LettersModel : SitePage, IFormPage
{
    private const string Path = "/api/notifications/preferences";

    public Preferences Preferences { get; private set; } = null!;

    public async Task LoadAsync() => Preferences = await Api.GetAsync<Preferences>(Path);

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var chosen = new Preferences(
            Request.Form["email"] == "true",
            Request.Form["language"].ToString() is { Length: > 0 } language ? language : null
        );
        if (!await TryAsync(() => Api.PutAsync<Preferences>(Path, chosen)))
            return Again();
        return SeeOther(Routes.Profile + "?saved=true");
    }
}
