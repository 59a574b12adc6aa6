using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.Commission;

/// <summary>The application and its portfolio, for the chair and the members; what was decided, where it was.</summary>
public sealed class ShowModel : CommissionPage
{
    private Reference reference = null!;

    public Document? Document { get; private set; }

    public async Task OnGetAsync()
    {
        await ReadAsync();
        reference = await ReferenceAsync();
        if (Guid.TryParse(Request.Query["document"], out var paper))
            Document = Dossier.Documents.FirstOrDefault(one => one.Id == paper);
        Dossier.Show(Request.Query["block"].ToString());
        ViewData["Title"] = $"{Dossier.Current?.Name ?? Application.Teacher.Name} — {Application.Number}";
    }

    public IReadOnlyList<ReadRow> Rows(Decision decision) =>
        [
            .. new ReadRow[]
            {
                new(T["commission.outcome"], T["status." + decision.Outcome]),
                new(
                    T["commission.awarded"],
                    decision.AwardedCategory is { } key ? T.Name(reference.Category(key)) : T["commission.awarded.none"]
                ),
                new(T["commission.keeps"], T[decision.KeepsCurrent ? "commission.yes" : "commission.no"]),
                new(T["commission.valid-until"], decision.ValidUntil is { } day ? T.Day(day) : null),
                new(T["commission.protocol-number"], decision.ProtocolNumber),
                new(T["commission.protocol-date"], T.Day(decision.ProtocolDate)),
                new(T["commission.reason"], decision.Reason),
            }.Where(row => row.Text is not null),
        ];
}
