using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Applications;

/// <summary>Where the application is: with whom, since when, what happens next, and the one thing to do.</summary>
public sealed class StatusModel : ApplicationPage
{
    public IReadOnlyList<Document> Documents { get; private set; } = [];

    public IReadOnlyList<Submission> Submissions { get; private set; } = [];

    public bool Own => Application.Teacher.Id == Me.Id;

    /// <summary>The receipt of what happened last, the newest first.</summary>
    public Document? Receipt(string kind) =>
        Documents.Where(document => document.Kind == kind).MaxBy(document => document.CreatedAt);

    public async Task OnGetAsync()
    {
        var documents = DocumentsAsync();
        var submissions = Api.GetAsync<Page<Submission>>($"/api/applications/{Id}/submissions?limit=200");
        await LoadPortfolioAsync();
        Documents = await documents;
        Submissions = (await submissions).Items;
    }

    /// <summary>What became of it, in words: «Вы отправили заявку на проверку».</summary>
    public string Words(HistoryEntry entry) =>
        T.Find($"history.{entry.Action}.{entry.To}")
        ?? T[entry.By.Id == Me.Id ? $"history.{entry.Action}.own" : $"history.{entry.Action}"];
}
