using System.Globalization;
using System.Text.Json;
using PedAtt.Web.Api;
using PedAtt.Web.Forms;

namespace PedAtt.Web.Pages.Desk;

/// <summary>The application's own data as rows, of the application as it is or of a submission.</summary>
public sealed partial class Dossier
{
    private IReadOnlyList<ReadRow> DataOf(JsonElement fields)
    {
        var year = Number("attestationYear");
        List<ReadRow> rows =
        [
            new(texts["reading.data.claimedCategory"], Category("claimedCategory")),
            new(
                texts["reading.data.currentCategory"],
                Category("currentCategory") ?? texts["reading.data.no-category"]
            ),
            new(texts["reading.data.currentCategoryValidUntil"], Day("currentCategoryValidUntil")),
            new(texts["reading.data.attestationYear"], year is null ? null : $"{year - 1}/{year % 100:00}"),
            new(texts["reading.data.attestationKind"], Entry(reference.AttestationKinds, Text("attestationKind"))),
            new(texts["reading.data.statementForm"], Entry(reference.StatementForms, Text("statementForm"))),
            new(texts["reading.data.filingDate"], Day("filingDate")),
            new(texts["reading.data.positionKk"], Text("positionKk")),
            new(texts["reading.data.positionRu"], Text("positionRu")),
            new(texts["reading.data.subjects"], Subjects()),
            new(texts["reading.data.email"], Text("email")),
            new(texts["reading.data.phone"], Text("phone") is { } phone ? PhoneInput.Show(phone) : null),
            new(texts["reading.data.about"], Text("about")),
        ];
        return [.. rows.Where(row => row.Text is not null)];

        JsonElement? Value(string name) =>
            fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
        string? Text(string name) =>
            Value(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        int? Number(string name) => Value(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;
        string? Category(string name) => Text(name) is { } key ? texts.Name(reference.Category(key)) : null;
        string? Day(string name) =>
            Text(name) is { } day ? texts.Day(DateOnly.Parse(day, CultureInfo.InvariantCulture)) : null;
        string? Subjects() =>
            Value("notSubjectTeacher") is { ValueKind: JsonValueKind.True } ? texts["reading.data.no-subject"]
            : Value("subjects") is { } subjects
                ? string.Join(", ", subjects.EnumerateArray().Select(key => Entry(reference.Subjects, key.GetString())))
            : null;
    }

    private string? Entry(IReadOnlyList<Entry> entries, string? key) =>
        entries.FirstOrDefault(one => one.Key == key) is { } entry ? texts.Name(entry.Name) : key;

    /// <summary>As a submission keeps it, so that both are read in one way.</summary>
    private static JsonElement Flat(Application application) =>
        JsonSerializer.SerializeToElement(application, Json.Options);
}
