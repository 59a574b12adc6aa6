using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Filing;

/// <summary>«Создать заявку».</summary>
public sealed class NewModel : SitePage, IFormPage
{
    public ApplicationForm Fields { get; private set; } = null!;

    public async Task LoadAsync() => Fields = new(await ReferenceAsync(), T, Today, null, Me, await UsedYearsAsync());

    public Task OnGetAsync() => LoadAsync();

    /// <summary>Of the reader's own applications; the form does not fail for the sake of what stands chosen in
    /// it.</summary>
    private async Task<IReadOnlySet<int>> UsedYearsAsync()
    {
        try
        {
            var page = await Api.GetAsync<Page<Application>>("/api/applications?limit=200", atMost: PedAttApi.Briefly);
            return page.Items.Where(one => one.Teacher.Id == Me.Id).Select(one => one.AttestationYear).ToHashSet();
        }
        catch (ApiProblemException problem) when (problem.Status is not 401)
        {
            return new HashSet<int>();
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        Application? made = null;
        if (
            !await TryAsync(async () =>
                made = await Api.PostAsync<Application>("/api/applications", ApplicationForm.Read(Request.Form))
            )
        )
            return Again();
        return SeeOther(Routes.Application(made!.Id).Portfolio + "?created=true");
    }
}
