using PedAtt.Web.Api;

namespace PedAtt.Web.Pages.Help;

/// <summary>Where the QR code of a document leads: what the API says of it, in words.</summary>
[OpenPage]
public sealed class VerifyModel : SitePage
{
    public VerifiedDocument? Document { get; private set; }

    public async Task OnGetAsync(string code)
    {
        Document = await Api.FindAsync<VerifiedDocument>($"/api/documents/verify/{Uri.EscapeDataString(code)}");
        if (Document is null)
            Response.StatusCode = 404;
        Response.Headers.CacheControl = "no-store";
    }
}
