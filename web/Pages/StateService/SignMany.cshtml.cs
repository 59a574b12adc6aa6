using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;
using Choice = PedAtt.Web.Forms.Choice;

namespace PedAtt.Web.Pages.StateService;

/// <summary>Receipts that are ready, signed in one go, and then answered with in one go: each has a result of its own.</summary>
public sealed class SignManyModel(IConfiguration configuration, IHostEnvironment environment) : SitePage
{
    public sealed record Prepared(Application Application, Document Receipt);

    public sealed record Result(string Number, bool Done, string Text);

    private sealed record SignedItem(Guid DocumentId, string Outcome, string? Code);

    private sealed record SignedItems(IReadOnlyList<SignedItem> Items);

    private const string Signature = "cms-";

    private const int Most = 50;

    public IReadOnlyList<Prepared> ToSign { get; private set; } = [];

    public IReadOnlyList<Prepared> Signed { get; private set; } = [];

    public IReadOnlyList<Result> Results { get; private set; } = [];

    public NcaLayerForm? Signing { get; private set; }

    /// <summary>Signatures that did not get through: to be sent again, not made again.</summary>
    public IReadOnlyDictionary<string, string> Unsent { get; private set; } = new Dictionary<string, string>();

    /// <summary>How many of the queue have no receipt yet.</summary>
    public int Unprepared { get; private set; }

    public IEnumerable<Choice> SignedChoices => Signed.Select(item => new Choice(
        item.Application.Id.ToString(), $"{item.Application.Number}, {item.Application.Teacher.Name}", T["reading.document." + item.Receipt.Kind]));

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var signatures = Request.Form.Where(field => field.Key.StartsWith(Signature, StringComparison.Ordinal) && field.Value.ToString().Length > 0)
            .ToDictionary(field => field.Key, field => field.Value.ToString());
        Results = signatures.Count > 0 ? await SignAsync(signatures) : await AnswerAsync();
        if (Results.Count == 0 && !Form.HasErrors)
            Form.Add("application", T["error.application.required"]);
        await LoadAsync();
        return Form.HasErrors ? Again() : Page();
    }

    /// <summary>One call for all; what the line broke on is sent again as it is: what was done is answered as done.</summary>
    private async Task<IReadOnlyList<Result>> SignAsync(IReadOnlyDictionary<string, string> signatures)
    {
        var body = new { signatures = signatures.Select(field => new { documentId = field.Key[Signature.Length..], cms = CmsText.Of(field.Value) }) };
        SignedItems answer = new([]);
        if (!await TryAsync(async () => answer = await Api.PostAsync<SignedItems>("/api/documents/signatures", body)))
            Unsent = signatures;
        return
        [
            .. answer.Items.Select(item => new Result(
                ToSign.FirstOrDefault(one => one.Receipt.Id == item.DocumentId)?.Receipt.Number ?? T["service.many.receipt"], item.Code is null,
                item.Code is null ? T["status.signed"] : T.Find("reading.reason." + item.Code) ?? T["reading.reason.other"])),
        ];
    }

    private async Task<IReadOnlyList<Result>> AnswerAsync()
    {
        var chosen = Request.Form["application"].OfType<string>().ToHashSet();
        var results = new List<Result>();
        foreach (var (application, receipt) in Signed.Where(item => chosen.Contains(item.Application.Id.ToString())))
        {
            try
            {
                await Api.PostAsync($"/api/applications/{application.Id}/{(receipt.Kind == "refusal-receipt" ? "refuse" : "accept")}");
                results.Add(new(application.Number, true, T["service.many.answered"]));
            }
            catch (ApiProblemException problem) when (problem.Status != 401)
            {
                results.Add(new(application.Number, false, problem.Title ?? T["problem.title"]));
            }
        }
        return results;
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
        Signing = ToSign.Count == 0 ? null
            : await ExecutorsKey.FormAsync(Api, configuration, environment, [.. ToSign.Select(item => item.Receipt)], chosen: true);
    }
}
