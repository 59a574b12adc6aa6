using Microsoft.AspNetCore.Mvc;
using PedAtt.Web.Api;
using PedAtt.Web.Pages.Staff;

namespace PedAtt.Web.Pages.StateService;

/// <summary>The receipt is read, then signed: with NCALayer, or by a signature that was made elsewhere.</summary>
public sealed class SignModel : ServicePage, IFormPage
{
    private const int LargestSignature = 1024 * 1024;

    /// <summary>Where the road leads on, with how many reasons the refusal names.</summary>
    public string Answer => $"{Reading.Path}/answer{Request.QueryString}";

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Reading.Receipt is null ? SeeOther(Reading.Path) : IsSigned ? SeeOther(Answer) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (Reading.Receipt is not { } receipt)
            return SeeOther(Reading.Path);
        if (Request.Form.Files.GetFile("cms") is not { Length: > 0 } file)
            Form.Add("cms", T["error.cms.required"]);
        else if (file.Length > LargestSignature)
            Form.Add("cms", T["error.cms.too-large"]);
        else
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            var signature = new { cms = Convert.ToBase64String(bytes.ToArray()) };
            if (await TryAsync(() => Api.PostAsync<Document>($"/api/documents/{receipt.Id}/signature", signature)))
                return SeeOther(Answer);
        }
        return Again();
    }

    public async Task LoadAsync()
    {
        await ReadAsync();
        Title(T["service.sign.title"]);
    }
}
