using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The application to be read, and the executor's next step.</summary>
public sealed class ShowModel : ServicePage
{
    public Document? Document { get; private set; }

    public bool MayAnswer => Application.Allows("accept") || Application.Allows("refuse");

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Makes the receipt of acceptance.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        return await TryAsync(() =>
            Api.PostAsync($"/api/documents/applications/{Id}/receipts", new { kind = "acceptance" })
        )
            ? SeeOther(Dossier.To.Sign)
            : Again();
    }

    private async Task LoadAsync()
    {
        await ReadAsync();
        if (Guid.TryParse(Request.Query["document"], out var paper))
            Document = Dossier.Documents.FirstOrDefault(one => one.Id == paper);
        Dossier.Show(Request.Query["block"].ToString());
        Title(Dossier.Current?.Name ?? Application.Teacher.Name);
    }
}
