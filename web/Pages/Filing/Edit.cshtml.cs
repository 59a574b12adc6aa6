using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;

namespace PedAtt.Web.Pages.Filing;

/// <summary>The application's own data, changed. Whoever was faster does not lose what they saved, nor the slower what
/// they typed.</summary>
public sealed class EditModel : ApplicationPage, IFormPage
{
    public ApplicationForm Fields { get; private set; } = null!;

    /// <summary>What the form was made from; after a stale answer what stands there now.</summary>
    public string Version { get; private set; } = "";

    public bool FromCheck { get; private set; }

    public Review? Comment { get; private set; }

    public async Task LoadAsync()
    {
        await LoadPortfolioAsync();
        Fields = new(Reference, T, Today, Application, Me);
        Comment = ReviewOf("application") is { Verdict: "returned" } review ? review : null;
        Version = Request.HasFormContentType
            ? Request.Form["version"].ToString()
            : Application.Version.ToString(CultureInfo.InvariantCulture);
        FromCheck =
            (Request.HasFormContentType ? Request.Form["from"].ToString() : Request.Query["from"].ToString())
            == "check";
    }

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Application.Allows("edit") ? Page() : SeeOther(To.Status);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        try
        {
            await Api.PutAsync<Application>(
                $"/api/applications/{Id}",
                ApplicationForm.Read(Request.Form),
                int.TryParse(Version, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0
            );
        }
        catch (ApiProblemException problem) when (problem.Code == "stale")
        {
            Version = Application.Version.ToString(CultureInfo.InvariantCulture);
            Form.Refuse(T["stale.title"], T["stale.do"]);
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem);
        }
        if (Form.HasErrors)
            return Again();
        return SeeOther(FromCheck ? To.Check : To.Portfolio + "?saved=true");
    }
}
