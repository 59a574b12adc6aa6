using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Applications;

/// <summary>«Создать заявку».</summary>
public sealed class NewModel(TimeProvider clock) : SitePage, IFormPage
{
    public ApplicationForm Fields { get; private set; } = null!;

    public async Task LoadAsync() => Fields = new(await ReferenceAsync(), T, Almaty.Date(clock.GetUtcNow()), null, Me);

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        Application? made = null;
        if (!await TryAsync(async () => made = await Api.PostAsync<Application>("/api/applications", ApplicationForm.Read(Request.Form))))
            return Again();
        return SeeOther($"/applications/{made!.Id}/portfolio?created=true");
    }
}
