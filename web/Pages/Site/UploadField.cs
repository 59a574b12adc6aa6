using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Site;

/// <summary>A file input and what a script makes of it (upload.js).</summary>
/// <param name="Uploads">Where files may be sent before the form; null where they only go with it.</param>
/// <param name="Kept">What was sent that way and came back with a form that had errors: id and name.</param>
public sealed record UploadField(
    string Label,
    bool Optional,
    bool Multiple,
    string? Uploads = null,
    IReadOnlyList<Choice>? Kept = null,
    bool PhotosOnly = false
)
{
    public static IReadOnlyList<Choice> KeptOf(HttpRequest request) =>
        !request.HasFormContentType
            ? []
            :
            [
                .. request
                    .Form["uploadIds"]
                    .OfType<string>()
                    .Select(id => new Choice(id, request.Form[$"uploadName.{id}"].ToString())),
            ];
}
