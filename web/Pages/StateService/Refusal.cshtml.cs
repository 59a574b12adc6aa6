using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The grounds of the Rules, each with what the teacher has to mend: they become the receipt of
/// refusal.</summary>
public sealed class RefusalModel : ServicePage, IFormPage
{
    public IReadOnlyList<Entry> Reasons { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var reasons = Reasons
            .Select(reason => new { code = reason.Key, text = Request.Form[$"reason-{reason.Key}"].ToString().Trim() })
            .Where(reason => reason.text.Length > 0)
            .ToList();
        if (reasons.Count == 0)
            Form.Add($"reason-{Reasons[0].Key}", T["error.refusal.required"]);
        foreach (var reason in reasons.Where(reason => TypedText.Length(reason.text) > 2000))
            Form.Add($"reason-{reason.code}", T["error.comment.field.too-long"]);
        if (Form.HasErrors)
            return Again();
        return await TryAsync(() =>
            Api.PostAsync($"/api/documents/applications/{Id}/receipts", new { kind = "refusal", reasons })
        )
            ? SeeOther(Dossier.To.Sign)
            : Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        Reasons = [.. (await ReferenceAsync()).RefusalReasons.Where(reason => reason.IsValid(Today))];
        Title(T["service.refusal.title"]);
    }
}
