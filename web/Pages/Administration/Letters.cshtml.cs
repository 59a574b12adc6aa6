using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Administration;

/// <summary>Letters that could not be sent: why, and once more.</summary>
public sealed class LettersModel : AdministrationPage
{
    public Page<FailedLetter> List { get; private set; } = null!;

    public async Task OnGetAsync() =>
        List = await Api.GetAsync<Page<FailedLetter>>($"/api/notifications/failures?limit=50{Ask("after")}");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Guid.TryParse(Request.Form["id"], out var id))
            throw new ApiProblemException(404, "not-found");
        if (await TryAsync(() => Api.PostAsync($"/api/notifications/failures/{id}/retry")))
            return SeeOther(Routes.FailedLetters + "?sent=true");
        await OnGetAsync();
        return Again();
    }

    /// <summary>The step that the letter tells of; its text is for its reader alone.</summary>
    public string About(FailedLetter letter) =>
        T.Find($"status.{letter.Kind[(letter.Kind.IndexOf('.', StringComparison.Ordinal) + 1)..]}")
        ?? T["failures.about.other"];

    public string Why(FailedLetter letter) => T.Find($"failures.{letter.Failure}") ?? T["failures.mail.refused"];
}
