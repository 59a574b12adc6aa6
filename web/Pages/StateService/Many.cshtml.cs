using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;
using Choice = PedAtt.Web.Forms.Choice;

namespace PedAtt.Web.Pages.StateService;

/// <summary>
/// Many applications at once, in the four steps of the executor: receipts are prepared, signed, answered with, and what
/// was accepted is sent on. Of each step those are taken that are ticked; one line says how many are done, and another
/// for each that is not.
/// </summary>
public sealed class ManyModel(IConfiguration configuration, IHostEnvironment environment) : SitePage
{
    public sealed record Prepared(Application Application, Document Receipt);

    public sealed record Failure(string Number, string Why);

    /// <param name="Step">prepare, sign, answer or send.</param>
    public sealed record Outcome(string Step, int Done, IReadOnlyList<Failure> Failures);

    private sealed record SignedItem(Guid DocumentId, string Outcome, string? Code);

    private sealed record SignedItems(IReadOnlyList<SignedItem> Items);

    private const string Signature = "cms-";

    private const int Most = 50;

    /// <summary>So many of one step go at a time: more would only wait for each other.</summary>
    private const int AtOnce = 8;

    public IReadOnlyList<Application> ToPrepare { get; private set; } = [];

    public IReadOnlyList<Prepared> ToSign { get; private set; } = [];

    public IReadOnlyList<Prepared> Signed { get; private set; } = [];

    public IReadOnlyList<Application> ToSend { get; private set; } = [];

    public Outcome? Result { get; private set; }

    public NcaLayerForm? Signing { get; private set; }

    /// <summary>Signatures that did not get through: to be sent again, not made again.</summary>
    public IReadOnlyDictionary<string, string> Unsent { get; private set; } = new Dictionary<string, string>();

    public IEnumerable<Choice> PrepareChoices =>
        ToPrepare.Select(one => ChoiceOf(one, one.DueAt is { } due ? T["queue.due", T.LastDay(due)] : null));

    public IEnumerable<Choice> AnswerChoices =>
        Signed.Select(item => ChoiceOf(item.Application, T["reading.document." + item.Receipt.Kind]));

    public IEnumerable<Choice> SendChoices => ToSend.Select(one => ChoiceOf(one, null));

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var step = Request.Form["step"].ToString();
        var chosen = Request.Form[step].OfType<string>().ToHashSet();
        bool IsChosen(Application application) => chosen.Contains(application.Id.ToString());
        Result = step switch
        {
            "prepare" => await EachAsync(
                "prepare",
                ToPrepare.Where(IsChosen),
                one => Api.PostAsync($"/api/documents/applications/{one.Id}/receipts", new { kind = "acceptance" })
            ),
            "answer" => await EachAsync(
                "answer",
                Signed.Where(item => IsChosen(item.Application)).Select(item => item.Application),
                one => Api.PostAsync($"/api/applications/{one.Id}/{(IsRefused(one) ? "refuse" : "accept")}")
            ),
            "send" => await EachAsync(
                "send",
                ToSend.Where(IsChosen),
                one => Api.PostAsync($"/api/applications/{one.Id}/send-to-commission")
            ),
            _ => await SignAsync(),
        };
        if (Result.Done + Result.Failures.Count == 0 && !Form.HasErrors)
            Form.Add(step, T["error.application.required"]);
        await LoadAsync();
        return Form.HasErrors ? Again() : Page();
    }

    private bool IsRefused(Application application) =>
        Signed.First(item => item.Application.Id == application.Id).Receipt.Kind == "refusal-receipt";

    private async Task<Outcome> EachAsync(string step, IEnumerable<Application> chosen, Func<Application, Task> call)
    {
        var done = 0;
        var failures = new List<Failure>();
        foreach (var some in chosen.Chunk(AtOnce))
        foreach (var failure in await Task.WhenAll(some.Select(TryOneAsync)))
        {
            if (failure is null)
                done++;
            else
                failures.Add(failure);
        }
        return new(step, done, failures);

        async Task<Failure?> TryOneAsync(Application application)
        {
            try
            {
                await call(application);
                return null;
            }
            catch (ApiProblemException problem) when (problem.Status != 401)
            {
                return new(application.Number, problem.Title ?? T["problem.title"]);
            }
        }
    }

    /// <summary>One call for all; what the line broke on is sent again as it is: what was done is answered as
    /// done.</summary>
    private async Task<Outcome> SignAsync()
    {
        var signatures = Request
            .Form.Where(field =>
                field.Key.StartsWith(Signature, StringComparison.Ordinal) && field.Value.ToString().Length > 0
            )
            .ToDictionary(field => field.Key, field => field.Value.ToString());
        SignedItems answer = new([]);
        if (signatures.Count == 0)
            return new("sign", 0, []);
        var body = new
        {
            signatures = signatures.Select(field => new
            {
                documentId = field.Key[Signature.Length..],
                cms = CmsText.Of(field.Value),
            }),
        };
        if (!await TryAsync(async () => answer = await Api.PostAsync<SignedItems>("/api/documents/signatures", body)))
            Unsent = signatures;
        return new(
            "sign",
            answer.Items.Count(item => item.Code is null),
            [
                .. answer
                    .Items.Where(item => item.Code is not null)
                    .Select(item => new Failure(
                        ToSign.FirstOrDefault(one => one.Receipt.Id == item.DocumentId)?.Application.Number
                            ?? T["service.many.receipt"],
                        T.Find("reading.reason." + item.Code) ?? T["reading.reason.other"]
                    )),
            ]
        );
    }

    private async Task LoadAsync()
    {
        Me.Require([Roles.Executor]);
        ViewData["Wide"] = true;
        var waiting = QueueAsync(ApplicationStatus.UnderStateServiceReview);
        ToSend =
        [
            .. (await QueueAsync(ApplicationStatus.AcceptedByStateService)).Where(one =>
                one.Allows("send-to-commission")
            ),
        ];
        var queue = await waiting;
        var receipts = new List<Prepared>();
        foreach (var some in queue.Chunk(AtOnce))
        {
            var documents = await Task.WhenAll(
                some.Select(one => Api.GetAsync<Page<Document>>($"/api/documents/applications/{one.Id}"))
            );
            receipts.AddRange(
                some.Zip(
                        documents,
                        (application, list) =>
                            (application, list.Items.LastOrDefault(one => one.Kind != "statement" && one.IsCurrent))
                    )
                    .Where(pair => pair.Item2 is not null)
                    .Select(pair => new Prepared(pair.application, pair.Item2!))
            );
        }
        Signed = [.. receipts.Where(item => item.Receipt.Signatures.Any(one => one.Verdict != "invalid"))];
        ToSign = [.. receipts.Except(Signed)];
        ToPrepare = [.. queue.Where(one => receipts.All(item => item.Application.Id != one.Id))];
        Signing =
            ToSign.Count == 0
                ? null
                : await ExecutorsKey.FormAsync(
                    Api,
                    configuration,
                    environment,
                    [.. ToSign.Select(item => item.Receipt)],
                    chosen: true
                );
    }

    private async Task<IReadOnlyList<Application>> QueueAsync(string status) =>
        (await Api.GetAsync<Page<Application>>($"/api/applications?status={status}&limit={Most}")).Items;

    private static Choice ChoiceOf(Application application, string? hint) =>
        new(application.Id.ToString(), $"{application.Number}, {application.Teacher.Name}", hint);
}
