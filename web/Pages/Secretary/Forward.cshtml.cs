using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;
using static PedAtt.Web.Pages.Desk.Dossier;

namespace PedAtt.Web.Pages.Secretary;

/// <summary>On to the state service; what hinders it is said with the blocks that it is about.</summary>
public sealed class ForwardModel : DossierPage, IFormPage
{
    public MessagePreview? Preview { get; private set; }

    /// <summary>not-reviewed, returned, not-scanned: what stands in the way.</summary>
    public string Hindrance { get; private set; } = "";

    public IReadOnlyList<ReadBlock> Hindered { get; private set; } = [];

    protected override string Part => Routes.Review;

    protected override IReadOnlyList<string> Readers => [Roles.Secretary];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        try
        {
            await Api.PostAsync($"/api/applications/{Id}/forward");
            return await NextAsync(ApplicationStatus.UnderReview, "forward");
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem);
            if (problem.Code is "blocks.not-reviewed" or "blocks.returned" or "file.not-scanned")
                Hinder(problem.Code.Split('.')[1], [.. problem.List("blocks").Select(Dossier.Block)]);
            return Again();
        }
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        ViewData["Title"] = $"{T["review.forward.title"]} — {Application.Number}";
        var blocks = Dossier.Filled.Where(block => block.Key != OwnData).ToList();
        if (blocks.Any(block => block.IsOpen))
            Hinder("not-reviewed", [.. blocks.Where(block => block.IsOpen)]);
        else if (Dossier.Filled.Any(block => block.Status == "returned"))
            Hinder("returned", [.. Dossier.Filled.Where(block => block.Status == "returned")]);
        else
            Preview = await PreviewAsync(ApplicationStatus.UnderStateServiceReview);
    }

    private void Hinder(string hindrance, IReadOnlyList<ReadBlock> blocks)
    {
        (Hindrance, Hindered) = (hindrance, blocks);
        if (hindrance == "not-scanned" && blocks.Count == 0)
            Hindered = [.. Dossier.Filled.Where(block => block.Files.Any(file => file.Scan == "pending"))];
    }
}
