using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Staff;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The state service's answer, by the receipt that was signed; what the teacher will read stands before it.</summary>
public sealed class AnswerModel : ServicePage, IFormPage
{
    public MessagePreview? Preview { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Reading.Receipt is null || !Application.Allows("accept") ? SeeOther(Reading.Path) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Reading.Receipt is null)
            return SeeOther(Reading.Path);
        return await TryAsync(() => Api.PostAsync($"/api/applications/{Id}/{(IsRefusal ? "refuse" : "accept")}")) ? SeeOther(Reading.Path) : Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        Title(T[IsRefusal ? "service.refuse.title" : "service.accept.title"]);
        if (Reading.Receipt is { } receipt)
            Preview = IsRefusal ? await PreviewAsync("refused-by-state-service", receipt.Reasons?.Count) : await PreviewAsync("accepted-by-state-service");
    }
}
