using System.Text.Json;
using PedAtt.Portfolio.Domain;
using PedAtt.ServiceDefaults;
using PedAtt.ServiceDefaults.Files;

namespace PedAtt.Portfolio.Features;

/// <summary>An entry as it was sent: its fields checked by the catalogue, its files counted.</summary>
public sealed record EntryForm(IReadOnlyDictionary<string, JsonElement> Fields, IReadOnlyList<Guid> KeepFiles)
{
    /// <param name="held">The files that the entry holds now; null for a new one.</param>
    /// <exception cref="ProblemException">400 validation</exception>
    public static EntryForm Check(BlockDefinition block, UploadForm form, IReadOnlyCollection<Guid>? held)
    {
        var errors = new Errors();
        var fields = EntryFields.Check(block, form.Fields, errors.Add);
        Guid[] keep = held is null ? [] : Kept(form.Fields, held, errors);
        var count = keep.Length + form.Files.Count;
        if (count < block.Files.Min)
            errors.Add("file", "required");
        else if (count > block.Files.Max)
            errors.Add("file", "files.too-many");
        errors.ThrowIfAny();
        return new(fields, keep);
    }

    private static Guid[] Kept(JsonElement fields, IReadOnlyCollection<Guid> held, Errors errors)
    {
        const string field = "keepFiles";
        if (!fields.TryGetProperty(field, out var list) || list.ValueKind == JsonValueKind.Null)
            return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            errors.Add(field, "value.wrong-type");
            return [];
        }
        Guid[] named = [.. list.EnumerateArray().Select(item => item.TryGetGuid(out var id) ? id : Guid.Empty).Distinct()];
        if (named.Any(id => !held.Contains(id)))
            errors.Add(field, "unknown-key");
        return named;
    }
}
