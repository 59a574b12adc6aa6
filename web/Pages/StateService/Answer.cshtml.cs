using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The state service's answer, by the receipt that was signed; what the teacher will read stands before
/// it.</summary>
public sealed class AnswerModel : ServicePage, IFormPage
{
    public MessagePreview? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Dossier.Receipt is null || !Application.Allows("accept") ? SeeOther(Dossier.To.Desk) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Dossier.Receipt is null)
            return SeeOther(Dossier.To.Desk);
        return await TryAsync(() => Api.PostAsync($"/api/applications/{Id}/{(IsRefusal ? "refuse" : "accept")}"))
            ? SeeOther(Dossier.To.Desk)
            : Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        Title(T[IsRefusal ? "service.refuse.title" : "service.accept.title"]);
        if (Dossier.Receipt is { } receipt)
            Preview = IsRefusal
                ? await PreviewAsync(ApplicationStatus.RefusedByStateService, receipt.Reasons?.Count)
                : await PreviewAsync(ApplicationStatus.AcceptedByStateService);
    }
}
