using Microsoft.AspNetCore.Mvc;
using PedAtt.ServiceDefaults;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Staff;
using Choice = PedAtt.Web.Forms.Choice;

namespace PedAtt.Web.Pages.StateService;

/// <summary>Receipts that are ready, signed in one go, and then answered with in one go: each has a result of its own.</summary>
public sealed class SignManyModel : SitePage
{
    public sealed record Prepared(Application Application, Document Receipt);

    /// <param name="Problem">What hindered it; null where it was answered.</param>
    public sealed record Result(string Number, string? Problem);

    private const int Most = 50;

    public IReadOnlyList<Prepared> ToSign { get; private set; } = [];

    public IReadOnlyList<Prepared> Signed { get; private set; } = [];

    public IReadOnlyList<Result> Results { get; private set; } = [];

    /// <summary>How many of the queue have no receipt yet.</summary>
    public int Unprepared { get; private set; }

    public IEnumerable<Choice> SignedChoices => Signed.Select(item => new Choice(
        item.Application.Id.ToString(), $"{item.Application.Number}, {item.Application.Teacher.Name}", T["reading.document." + item.Receipt.Kind]));

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var chosen = Request.Form["application"].OfType<string>().ToHashSet();
        var results = new List<Result>();
        foreach (var (application, receipt) in Signed.Where(item => chosen.Contains(item.Application.Id.ToString())))
            results.Add(new(application.Number, await AnswerAsync(application, receipt)));
        Results = results;
        await LoadAsync();
        return Page();
    }

    private async Task<string?> AnswerAsync(Application application, Document receipt)
    {
        try
        {
            await Api.PostAsync($"/api/applications/{application.Id}/{(receipt.Kind == "refusal-receipt" ? "refuse" : "accept")}");
            return null;
        }
        catch (ApiProblemException problem) when (problem.Status != 401)
        {
            return problem.Title ?? T["problem.title"];
        }
    }

    private async Task LoadAsync()
    {
        Me.Require([Roles.Executor]);
        ViewData["Wide"] = true;
        var queue = (await Api.GetAsync<Page<Application>>($"/api/applications?status=under-state-service-review&limit={Most}")).Items;
        var receipts = new List<Prepared>();
        foreach (var some in queue.Chunk(8))
        {
            var documents = await Task.WhenAll(some.Select(one => Api.GetAsync<Page<Document>>($"/api/documents/applications/{one.Id}")));
            receipts.AddRange(some.Zip(documents, (application, list) => (application, list.Items.LastOrDefault(one => one.Kind != "statement" && one.IsCurrent)))
                .Where(pair => pair.Item2 is not null).Select(pair => new Prepared(pair.application, pair.Item2!)));
        }
        Signed = [.. receipts.Where(item => item.Receipt.Signatures.Any(one => one.Verdict != "invalid"))];
        ToSign = [.. receipts.Except(Signed)];
        Unprepared = queue.Count - receipts.Count;
    }
}
