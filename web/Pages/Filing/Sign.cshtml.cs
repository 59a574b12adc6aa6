using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Applications;
using PedAtt.Web.Pages.Portfolios;

namespace PedAtt.Web.Pages.Filing;

/// <summary>
/// The statement signed: with ЭЦП through NCALayer or elsewhere, or by hand on paper, of which a scan is attached. The
/// text stands as it was checked on the page before.
/// </summary>
public sealed class SignModel(IConfiguration configuration, IHostEnvironment environment) : ApplicationPage
{
    public Document Statement { get; private set; } = null!;

    public bool Signed { get; private set; }

    /// <summary>Where keys of the test authority count, NCALayer must offer them.</summary>
    public bool TestKeys { get; private set; }

    public string Addresses => string.Join(' ', NcaLayer.Addresses(configuration, environment));

    public async Task<IActionResult> OnGetAsync() => await LoadAsync() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await LoadAsync() is { } elsewhere)
            return elsewhere;
        var form = Request.Form;
        switch (form["way"].ToString())
        {
            case "scan":
                await AttachScanAsync();
                break;
            case "file" when EntryForm.Files(form, "cmsFile") is [{ Length: <= CmsText.MaxBytes } file]:
                await SignAsync("cmsFile", await CmsText.OfAsync(file));
                break;
            case "file":
                Form.Add("cmsFile", T["error.cmsFile.required"]);
                break;
            default:
                await SignAsync("sign-start", CmsText.Of(form["cms"].ToString()));
                break;
        }
        if (Form.HasErrors)
            return Again();
        return SeeOther(Portfolio.Complete ? To.Send : To.Portfolio + "?saved=true");
    }

    private async Task<IActionResult?> LoadAsync()
    {
        await LoadPortfolioAsync();
        if (!Application.Allows("submit"))
            return SeeOther(To.Status);
        var documents = await DocumentsAsync();
        if (
            documents.FirstOrDefault(document => document is { Kind: "statement", IsCurrent: true })
            is not { } statement
        )
            return SeeOther(To.Check);
        Statement = statement;
        Signed = IsSigned([statement]);
        TestKeys = (await Api.GetAsync<Trust>("/api/documents/trust")).Profile == "test";
        return null;
    }

    private async Task SignAsync(string field, string cms)
    {
        if (cms.Length == 0)
            Form.Add(field, T["error.cms.required"]);
        else
            await TryAsync(() => Api.PostAsync($"/api/documents/{Statement.Id}/signature", new { cms }));
    }

    private async Task AttachScanAsync()
    {
        using var content = EntryForm.Content(null, EntryForm.Files(Request.Form));
        if (!content.Any())
        {
            Form.Add("file", T["error.file.required"]);
            return;
        }
        try
        {
            (await Api.SendAsync(HttpMethod.Put, $"/api/documents/{Statement.Id}/scan", content)).Dispose();
        }
        catch (ApiProblemException problem) when (problem.Code.StartsWith("file.", StringComparison.Ordinal))
        {
            ComplainOfFile(problem);
        }
        catch (ApiProblemException problem) when (problem.Status is not (401 or 404))
        {
            Show(problem);
        }
    }
}
