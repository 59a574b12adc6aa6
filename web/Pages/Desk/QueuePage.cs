using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;
using Choice = PedAtt.Web.Forms.Choice;

namespace PedAtt.Web.Pages.Desk;

/// <summary>A tile over a queue: how many are there, and the list of them.</summary>
public sealed record QueueCount(
    string Text,
    int Count,
    string Url,
    bool Attention,
    bool Current,
    string? Oldest = null
);

/// <summary>
/// The queue of a role: filters stand in the address, a name or an IIN never does. That search is a form of its own,
/// whose pages are sent by a button.
/// </summary>
public abstract class QueuePage : SitePage, IFormPage
{
    private const int PageSize = 25;

    /// <summary><c>/review</c>: the address of the queue, and under it of each application.</summary>
    public abstract string Part { get; }

    protected abstract IReadOnlyList<string> Readers { get; }

    /// <summary>What waits for this role: the list without a filter.</summary>
    public abstract string Waiting { get; }

    /// <summary>The statuses that can be asked for, in the order of the road.</summary>
    public abstract IReadOnlyList<string> Statuses { get; }

    public virtual bool HasTerm => false;

    public IReadOnlyList<Application> Items { get; private set; } = [];

    public string? Next { get; private set; }

    public Reference Reference { get; private set; } = null!;

    public Summary? Summary { get; private set; }

    public string Status { get; private set; } = "";

    public bool Overdue { get; private set; }

    /// <summary>A search by name or IIN: its form is sent, not linked.</summary>
    public bool Searched { get; private set; }

    public string AddressOf(Application application) => Routes.Dossier(Part, application.Id).Desk;

    public bool IsFiltered =>
        Request.Query.Keys.Any(key => key is "status" or "year" or "category" or "number" or "overdue");

    public IEnumerable<Choice> StatusChoices =>
        [.. Statuses.Select(status => new Choice(status, T["status." + status])), new("all", T["queue.all"])];

    public IEnumerable<Choice> Years
    {
        get
        {
            var year = Today.Month >= 9 ? Today.Year + 1 : Today.Year;
            return Enumerable.Range(year - 2, 4).Reverse().Select(one => new Choice($"{one}", $"{one - 1}/{one}"));
        }
    }

    public IEnumerable<Choice> Categories =>
        Reference.Categories.Where(one => one.Claimable).Select(one => new Choice(one.Key, T.Name(one.Name)));

    public IEnumerable<QueueCount> Counts()
    {
        if (HasTerm)
            yield return new(
                T["status.overdue"],
                Summary?.Statuses?.Sum(one => one.Overdue ?? 0) ?? 0,
                $"{Part}?overdue=true&status=all",
                true,
                Overdue
            );
        foreach (var status in Statuses)
            if (Summary?.Of(status) is { Count: > 0 } count)
                yield return new(
                    T["status." + status],
                    count.Count,
                    $"{Part}?status={status}",
                    false,
                    Status == status && !Overdue && !Searched,
                    Oldest(status, count.Oldest)
                );
    }

    /// <summary>«7 из 14», «повторно, исправлено 2»: how far the secretary is with it, as far as the API
    /// says.</summary>
    public string? ProgressOf(Application application)
    {
        if (!application.IsUnderReview)
            return null;
        string?[] parts =
        [
            application.Progress is { } progress ? T["queue.progress", progress.Judged, progress.Blocks] : null,
            !application.WasSentAgain ? null
            : application.Progress?.Mended is { } mended ? T["queue.again.mended", mended]
            : T["queue.again"],
        ];
        return string.Join(", ", parts.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        return Form.HasErrors ? Again() : Page();
    }

    public async Task LoadAsync()
    {
        Me.Require(Readers);
        ViewData["Wide"] = true;
        ViewData["Title"] = T[$"{Part[1..]}.title"];
        // The counts are asked for together with the list.
        var summary = Api.GetAsync<Summary>("/api/applications/summary?totals=true");
        Reference = await ReferenceAsync();
        Overdue = Request.Query["overdue"] == "true";
        Status = Request.Query["status"].ToString() is { Length: > 0 } wanted ? wanted : Waiting;
        if (Request.HasFormContentType)
            await SearchAsync();
        else
            Show(await Api.GetAsync<Page<Application>>("/api/applications" + Filter(Request.Query["after"])));
        Summary = await summary;
    }

    /// <summary>Of what waits for this role; who waits elsewhere is not in this reader's hands.</summary>
    private string? Oldest(string status, DateTimeOffset? since) =>
        status == Waiting && since is { } time && DeskTexts.Days(time, Now) is > 0 and var days
            ? T.Count("queue.oldest", days)
            : null;

    private void Show(Page<Application> page) => (Items, Next) = (page.Items, page.Next);

    private QueryString Filter(string? after)
    {
        var query = new QueryBuilder { { "limit", $"{PageSize}" } };
        query.Add("status", Status == "all" ? string.Join(',', Statuses) : Status);
        foreach (var name in new[] { "year", "category", "number" })
            if (Request.Query[name].ToString().Trim() is { Length: > 0 } value)
                query.Add(name, value);
        if (Overdue)
            query.Add("overdue", "true");
        if (!string.IsNullOrEmpty(after))
            query.Add("after", after);
        return query.ToQueryString();
    }

    private async Task SearchAsync()
    {
        var text = Request.Form["person"].ToString().Trim();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isIin = text.Length > 0 && text.All(letter => char.IsAsciiDigit(letter) || char.IsWhiteSpace(letter));
        if (text.Length == 0)
        {
            // The choice of a language sends this form too, and asks for nobody.
            if (!Request.Form.ContainsKey("lang"))
                Form.Add("person", T["error.person.required"]);
            Show(await Api.GetAsync<Page<Application>>("/api/applications" + Filter(null)));
            return;
        }
        var query = new QueryBuilder { { "limit", $"{PageSize}" }, { "status", string.Join(',', Statuses) } };
        if (Request.Form["after"].ToString() is { Length: > 0 } after)
            query.Add("after", after);
        object wanted = isIin ? new { iin = digits } : new { name = text };
        Searched = await TryAsync(
            async () =>
                Show(
                    await Api.PostAsync<Page<Application>>("/api/applications/search" + query.ToQueryString(), wanted)
                ),
            new Dictionary<string, string> { ["iin"] = "person", ["name"] = "person" }
        );
    }
}
