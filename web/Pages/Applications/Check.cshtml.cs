using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Applications;

/// <summary>Check your answers: what the statement says, word by word, before it is made and signed.</summary>
public sealed class CheckModel : ApplicationPage
{
    public async Task<IActionResult> OnGetAsync()
    {
        await LoadPortfolioAsync();
        return Application.Allows("submit") ? Page() : SeeOther(Root);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadPortfolioAsync();
        if (!await TryAsync(() => Api.PostAsync<Document>($"/api/documents/applications/{Id}/statement")))
            return Again();
        return SeeOther($"{Root}/sign");
    }

    /// <summary>Kazakh and Russian, as both stand in the statement.</summary>
    public static string Both(string kk, string ru) => kk == ru ? kk : $"{kk} / {ru}";

    public string Both(PedAtt.ServiceDefaults.Localized name) => Both(name.Kk, name.Ru);
}
