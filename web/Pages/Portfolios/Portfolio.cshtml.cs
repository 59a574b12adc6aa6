using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Portfolios;

/// <summary>
/// The portfolio as a list of things to do, each with its state in words. «Отправить на проверку» is never dead:
/// pressed too early it says what is missing.
/// </summary>
public sealed class PortfolioModel : ApplicationPage
{
    private IReadOnlyList<Document> documents = [];

    [FromQuery]
    public bool Created { get; set; }

    [FromQuery]
    public bool Saved { get; set; }

    public bool Signed => IsSigned(documents);

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        Require(Portfolio.Missing, Unchanged(), Signed);
        if (!Form.HasErrors)
            return SeeOther(To.Send);
        Form.Refuse(T["send.too-early"], T["send.too-early.do"]);
        return Again();
    }

    /// <summary>Of a block: the key of its colour and word, and what else there is to say.</summary>
    public (string Status, string? Text, string? Hint) Item(
        string block,
        IReadOnlyList<PortfolioEntry> entries,
        bool optional
    )
    {
        var state = StateOf(block);
        var files = entries.SelectMany(entry => entry.Files).ToList();
        if (state == "returned")
            return (state, null, ReviewOf(block)?.Comment);
        if (files.Find(file => file.Scan == "infected") is { ScanWord: "unscannable" })
            return ("unscannable", T["task.unscannable"], T["task.unscannable.do"]);
        if (files.Any(file => file.Scan == "infected"))
            return ("infected", T["task.infected"], T["task.infected.do"]);
        if (state == "filled" && files.Any(file => file.Scan == "pending"))
            return ("pending", T["task.pending"], null);
        var hint =
            entries.Count > 0 ? T.Count("task.entries", entries.Count)
            : optional ? T["task.optional"]
            : state == "not-applicable" ? T["task.not-applicable"]
            : null;
        return (state, null, hint);
    }

    private async Task LoadAsync()
    {
        var asked = DocumentsAsync();
        await LoadPortfolioAsync();
        documents = await asked;
    }
}
