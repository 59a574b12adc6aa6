using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Portfolios;

/// <summary>What a form with files becomes on its way to the API: nothing holds a whole file in memory.</summary>
public static partial class EntryForm
{
    /// <summary>The fields as the catalogue types them; a number that is none goes on as it was typed, for the API to
    /// say so.</summary>
    public static Dictionary<string, object?> Read(BlockDefinition block, IFormCollection form) =>
        block.Fields.ToDictionary(
            field => field.Key,
            field =>
                field.Type switch
                {
                    "date" => DateInput.Read(form, field.Key),
                    "year" => Number(Year().Replace(form[field.Key].ToString(), "")),
                    "decimal" => Number(form[field.Key].ToString().Trim().TrimEnd('%')),
                    "integer" => Number(form[field.Key].ToString()),
                    _ => (object?)form[field.Key].ToString(),
                }
        );

    /// <summary>The picked files; an input where nothing was picked sends one without a name.</summary>
    public static IReadOnlyList<IFormFile> Files(IFormCollection form, string name = "file") =>
        [.. form.Files.GetFiles(name).Where(file => file.FileName.Length > 0)];

    public static MultipartFormDataContent Content(object? fields, IEnumerable<IFormFile> files)
    {
        var content = new MultipartFormDataContent();
        if (fields is not null)
            content.Add(
                new StringContent(
                    JsonSerializer.Serialize(fields, Json.Options),
                    new MediaTypeHeaderValue("application/json")
                ),
                "fields"
            );
        foreach (var file in files)
            content.Add(new StreamContent(file.OpenReadStream()), "file", file.FileName);
        return content;
    }

    /// <summary>What is wrong with a field, with its limits and a sample; null where the code says all there
    /// is.</summary>
    public static string? Hint(FieldDefinition field, string code, Texts texts) =>
        (code, field.Type) switch
        {
            ("field.too-short", _) when field.MinLength is { } least => texts["error.limit.too-short", least],
            ("field.too-long", _) when field.MaxLength is { } most => texts["error.limit.too-long", most],
            ("words.too-few" or "words.too-many", _) when field.MinWords is not null => texts[
                "error.limit.words",
                field.MinWords,
                field.MaxWords
            ],
            ("number.out-of-range", _) when field.Min is not null => texts[
                "error.limit.range",
                Plain(field.Min),
                Plain(field.Max)
            ],
            ("value.wrong-type", "year" or "integer" or "decimal") => texts[$"error.sample.{field.Type}"],
            _ => null,
        };

    /// <summary>A limit is read as it would be typed: years have no blank in them.</summary>
    private static string? Plain(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(г|ж|год|жыл)\.?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Year();

    private static object? Number(string typed)
    {
        var text = typed.Trim().Replace(" ", "").Replace("\u00a0", "").Replace(',', '.');
        if (text.Length == 0)
            return null;
        return decimal.TryParse(
            text,
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : typed;
    }
}
