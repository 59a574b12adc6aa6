using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Applications;

/// <summary>What a form with files becomes on its way to the API: nothing holds a whole file in memory.</summary>
public static class EntryForm
{
    /// <summary>The fields as the catalogue types them; a number that is none goes on as it was typed, for the API to say so.</summary>
    public static Dictionary<string, object?> Read(BlockDefinition block, IFormCollection form) =>
        block.Fields.ToDictionary(field => field.Key, field => field.Type switch
        {
            "date" => DateInput.Read(form, field.Key),
            "year" or "integer" or "decimal" => Number(form[field.Key].ToString()),
            _ => (object?)form[field.Key].ToString(),
        });

    /// <summary>The picked files; an input where nothing was picked sends one without a name.</summary>
    public static IReadOnlyList<IFormFile> Files(IFormCollection form, string name = "file") =>
        [.. form.Files.GetFiles(name).Where(file => file.FileName.Length > 0)];

    public static MultipartFormDataContent Content(object? fields, IEnumerable<IFormFile> files)
    {
        var content = new MultipartFormDataContent();
        if (fields is not null)
            content.Add(new StringContent(JsonSerializer.Serialize(fields, Json.Options), new MediaTypeHeaderValue("application/json")), "fields");
        foreach (var file in files)
            content.Add(new StreamContent(file.OpenReadStream()), "file", file.FileName);
        return content;
    }

    private static object? Number(string typed)
    {
        var text = typed.Trim().Replace(" ", "").Replace("\u00a0", "").Replace(',', '.');
        if (text.Length == 0)
            return null;
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : typed;
    }
}
