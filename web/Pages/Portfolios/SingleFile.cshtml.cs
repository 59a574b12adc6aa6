using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Portfolios;

/// <summary>The scan of the ID card, or the photo: one file, put, replaced or taken away.</summary>
public sealed class SingleFileModel : ApplicationPage, IFormPage
{
    /// <summary><c>identity-card</c> or <c>photo</c>.</summary>
    [FromRoute]
    public string Kind { get; set; } = "";

    public StoredFile? Present { get; private set; }

    public Review? Comment { get; private set; }

    public bool Open { get; private set; }

    public async Task LoadAsync()
    {
        await LoadPortfolioAsync();
        Present = Kind == "photo" ? Portfolio.Photo : Portfolio.IdentityCard;
        Comment = ReviewOf(Kind) is { Verdict: "returned" } review ? review : null;
        Open = Application.Allows("submit") && IsOpen(Kind);
    }

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var path = $"/api/portfolios/{Id}/{Kind}";
        try
        {
            if (Request.Form["do"] == "delete")
                await Api.DeleteAsync(path);
            else
            {
                object? fields = Request.Form["uploadIds"] is { Count: > 0 } uploads
                    ? new { uploadIds = uploads.OfType<string>() }
                    : null;
                using var content = EntryForm.Content(fields, EntryForm.Files(Request.Form));
                if (!content.Any())
                    Form.Add("file", T["error.file.required"]);
                else
                    (await Api.SendAsync(HttpMethod.Put, path, content)).Dispose();
            }
        }
        catch (ApiProblemException problem) when (problem.Code.StartsWith("file.", StringComparison.Ordinal))
        {
            ComplainOfFile(problem);
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem);
        }
        return Form.HasErrors ? Again() : SeeOther(To.Portfolio + "?saved=true");
    }
}
