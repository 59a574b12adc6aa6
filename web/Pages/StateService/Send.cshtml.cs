using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.StateService;

/// <summary>On to the commission that decides.</summary>
public sealed class SendModel : ServicePage, IFormPage
{
    public MessagePreview? Preview { get; private set; }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        return await TryAsync(() => Api.PostAsync($"/api/applications/{Id}/send-to-commission"))
            ? await NextAsync(ApplicationStatus.UnderStateServiceReview, "send")
            : Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        Title(T["service.send.title"]);
        Preview = await PreviewAsync(ApplicationStatus.SentToCommission);
    }
}
