using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Filing;

/// <summary>Check your answers: what the statement says, word by word, before it is made and signed.</summary>
public sealed class CheckModel : ApplicationPage
{
    /// <summary>In both languages, as it is signed; the reader's first.</summary>
    public IReadOnlyList<(string Language, StatementText Words)> Text { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Application.Allows("submit") ? Page() : SeeOther(To.Status);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!await TryAsync(() => Api.PostAsync<Document>($"/api/documents/applications/{Id}/statement")))
            return Again();
        return SeeOther(To.Sign);
    }

    private async Task LoadAsync()
    {
        await LoadPortfolioAsync();
        if (!Application.Allows("submit"))
            return;
        var (kk, ru) = await Api.GetAsync<StatementWords>($"/api/documents/applications/{Id}/statement");
        Text = T.Language == "ru" ? [("ru", ru), ("kk", kk)] : [("kk", kk), ("ru", ru)];
    }

    /// <summary>Kazakh and Russian, as both stand in the statement.</summary>
    public static string Both(string kk, string ru) => kk == ru ? kk : $"{kk} / {ru}";

    public string Both(Localized name) => Both(name.Kk, name.Ru);
}
