using System.Text;

namespace PedAtt.Web.Pages.Site;

/// <summary>A signature as programs hand it over, DER, PEM or base64, on its way to the API, which takes
/// base64.</summary>
public static class CmsText
{
    /// <summary>No signature of one document is larger.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static async Task<string> OfAsync(IFormFile file)
    {
        using var buffer = new MemoryStream();
        await using var content = file.OpenReadStream();
        await content.CopyToAsync(buffer);
        var bytes = buffer.ToArray();
        // DER begins with a SEQUENCE; no base64 text does.
        return bytes is [0x30, ..] ? Convert.ToBase64String(bytes) : Of(Encoding.ASCII.GetString(bytes));
    }

    public static string Of(string text) =>
        string.Concat(
            text.Split('\n')
                .Where(line => !line.StartsWith("-----", StringComparison.Ordinal))
                .Select(line => line.Trim())
        );
}
