using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Desk;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The receipt is read, then signed: with NCALayer, or by a signature that was made elsewhere.</summary>
public sealed class SignModel(IConfiguration configuration, IHostEnvironment environment) : ServicePage, IFormPage
{
    private string Answer => Dossier.To.Answer;

    public NcaLayerForm? Signing { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Dossier.Receipt is null ? SeeOther(Dossier.To.Desk)
            : IsSigned ? SeeOther(Answer)
            : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Dossier.Receipt is not { } receipt)
            return SeeOther(Dossier.To.Desk);
        var uploaded = Request.Form["way"] == "file";
        var cms =
            !uploaded ? CmsText.Of(Request.Form["cms"].ToString())
            : Request.Form.Files.GetFile("cmsFile") is { Length: > 0 and <= CmsText.MaxBytes } file
                ? await CmsText.OfAsync(file)
            : "";
        if (cms.Length == 0)
            Form.Add(
                uploaded ? "cmsFile" : "sign-start",
                T[uploaded ? "error.cmsFile.required" : "error.cms.required"]
            );
        else if (await TryAsync(() => Api.PostAsync<Document>($"/api/documents/{receipt.Id}/signature", new { cms })))
            return SeeOther(Answer);
        return Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        Title(T["service.sign.title"]);
        if (Dossier.Receipt is { } receipt)
            Signing = await ExecutorsKey.FormAsync(Api, configuration, environment, [receipt]);
    }
}
