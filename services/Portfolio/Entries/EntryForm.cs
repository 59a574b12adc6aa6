using System.Text.Json;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Entries;

/// <summary>An entry as it was sent: its fields checked by the catalogue, its files counted.</summary>
/// <param name="UploadIds">Finished uploads that stand in for parts <c>file</c>.</param>
public sealed record EntryForm(
    IReadOnlyDictionary<string, JsonElement> Fields,
    IReadOnlyList<Guid> KeepFiles,
    IReadOnlyList<Guid> UploadIds
)
{
    /// <param name="held">The files that the entry holds now; null for a new one.</param>
    /// <exception cref="Problem">400 validation</exception>
    public static EntryForm Check(BlockDefinition block, UploadForm form, IReadOnlyCollection<Guid>? held)
    {
        var errors = new Errors();
        var fields = EntryFields.Check(block, form.Fields, errors.Add);
        Guid[] keep = held is null ? [] : Kept(form.Fields, held, errors);
        var uploads = IdsOf(form.Fields, ResumableUploads.Field, errors);
        var count = keep.Length + form.Files.Count + uploads.Length;
        if (count < block.Files.Min)
            errors.Add("file", FieldCodes.Required);
        else if (count > block.Files.Max)
            errors.Add("file", FieldCodes.FilesTooMany);
        errors.ThrowIfAny();
        return new(fields, keep, uploads);
    }

    /// <summary>A list of ids among the fields, each once; what is no id is one that nothing has.</summary>
    public static Guid[] IdsOf(JsonElement fields, string field, Errors errors)
    {
        if (!fields.TryGetProperty(field, out var list) || list.ValueKind == JsonValueKind.Null)
            return [];
        if (
            list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
        )
            return [.. list.EnumerateArray().Select(item => item.TryGetGuid(out var id) ? id : Guid.Empty).Distinct()];
        errors.Add(field, FieldCodes.ValueWrongType);
        return [];
    }

    private static Guid[] Kept(JsonElement fields, IReadOnlyCollection<Guid> held, Errors errors)
    {
        const string field = "keepFiles";
        var named = IdsOf(fields, field, errors);
        if (named.Any(id => !held.Contains(id)))
            errors.Add(field, FieldCodes.UnknownKey);
        return named;
    }
}
