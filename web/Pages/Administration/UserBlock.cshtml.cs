using Microsoft.AspNetCore.Mvc;

namespace PedAtt.Web.Pages.Administration;

/// <summary>Asked once more, with what it means: a block throws a person out in the middle of their work.</summary>
public sealed class UserBlockModel : UserPage, IFormPage
{
    [BindProperty(SupportsGet = true)]
    public string What { get; set; } = "";

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!await TryAsync(() => Api.PostAsync($"/api/identity/users/{Id}/{What}")))
            return Again();
        return SeeOther($"{Here}?done={What}");
    }
}
