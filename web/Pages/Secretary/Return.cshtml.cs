using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.Secretary;

/// <summary>What the teacher will read, before the application goes back to them.</summary>
public sealed class ReturnModel : DossierPage, IFormPage
{
    public MessagePreview? Preview { get; private set; }

    public IReadOnlyList<ReadBlock> Returned => [.. Dossier.Filled.Where(block => block.Status == "returned")];

    public IReadOnlyList<ReadBlock> Open => [.. Dossier.Filled.Where(block => block.IsOpen)];

    protected override string Part => Routes.Review;

    protected override IReadOnlyList<string> Readers => [Roles.Secretary];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        return await TryAsync(() => Api.PostAsync($"/api/applications/{Id}/return"))
            ? await NextAsync(ApplicationStatus.UnderReview, "return")
            : Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        ViewData["Title"] = $"{T["review.return.title"]} — {Application.Number}";
        if (Returned.Count > 0)
            Preview = await PreviewAsync(ApplicationStatus.ReturnedForRevision);
    }
}
