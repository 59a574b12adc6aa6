using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;
using static PedAtt.Web.Pages.Desk.Dossier;

namespace PedAtt.Web.Pages.Secretary;

/// <summary>The secretary's desk: one block at a time, its file on one side, its fields and the verdict on the
/// other.</summary>
public sealed class DeskModel : DossierPage, IFormPage
{
    public sealed record ReadyReason(string Key, string Name, string Text);

    private static readonly string[] reasons =
    [
        "unreadable",
        "pages",
        "seal",
        "other-document",
        "other-person",
        "name",
        "date",
        "hours",
        "level",
        "translation",
        "expired",
        "file",
    ];

    /// <summary>The secretary has the application: there is something to say about its blocks.</summary>
    public bool MayReview => Application.Allows("return") || Application.Allows("forward");

    /// <summary>Why the state service refused what was sent before.</summary>
    public string? RefusedFor =>
        Application.History is [.., { Action: "refuse", Comment: { Length: > 0 } comment }, { Action: "submit" }]
            ? comment
            : null;

    public Document? Document { get; private set; }

    public int Total => Dossier.Filled.Count();

    public int Done => Dossier.Filled.Count(block => !block.IsOpen);

    /// <summary>Written for both languages at once: the teacher reads their own.</summary>
    public IEnumerable<ReadyReason> Reasons =>
        reasons.Select(key => new ReadyReason(key, T[$"review.reason.{key}"], TextOf(key)));

    protected override string Part => Routes.Review;

    protected override IReadOnlyList<string> Readers => [Roles.Secretary];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var form = Request.Form;
        var (block, verdict) = (form["block"].ToString(), form["verdict"].ToString());
        var ready = form["reason"].OfType<string>().Where(reasons.Contains).Select(TextOf);
        var comment = string.Join(
            "\n",
            new[] { form["comment"].ToString().Trim() }
                .Concat(verdict == "returned" ? ready : [])
                .Where(part => part.Length > 0)
        );
        if (verdict == "returned" && comment.Length == 0)
            Form.Add("comment", T["error.comment.required"]);
        if (Form.HasErrors)
            return Again();
        // What is accepted has nothing left to be mended: a comment belongs to a return.
        var review = new { verdict, comment = verdict == "returned" ? comment : null };
        if (
            !await TryAsync(() =>
                Api.PutAsync<Portfolio>($"/api/portfolios/{Id}/blocks/{Uri.EscapeDataString(block)}/review", review)
            )
        )
            return Again();
        await ReadAsync();
        var judged = $"judged={Uri.EscapeDataString(block)}";
        return SeeOther(
            Dossier.NextOpen(block) is { } next
                ? $"{Dossier.To.Block(next.Key)}&{judged}"
                : $"{(Dossier.Filled.Any(one => one.Status == "returned") ? Dossier.To.Return : Dossier.To.Forward)}?{judged}"
        );
    }

    public async Task LoadAsync()
    {
        await ReadAsync(compared: true);
        ViewData["HasForm"] = MayReview;
        if (Guid.TryParse(Request.Query["document"], out var paper))
            Document = Dossier.Documents.FirstOrDefault(one => one.Id == paper);
        var wanted = Request.HasFormContentType ? Request.Form["block"].ToString() : Request.Query["block"].ToString();
        if (Document is null && wanted != "none" && !Dossier.Show(wanted) && MayReview)
            Dossier.Show(Dossier.NextOpen(null)?.Key ?? OwnData);
        ViewData["Title"] = Dossier.Current is { } block ? $"{block.Name} — {Application.Number}" : Application.Number;
        if (Dossier.Current is null || Document is not null)
            ViewData["HasForm"] = false;
    }

    private string TextOf(string key) =>
        T.In(Language.Kazakh, $"review.reason.{key}") + "\n" + T.In(Language.Russian, $"review.reason.{key}");
}
