using System.Globalization;
using System.Text.Json;
using PedAtt.Portfolio.Catalogues;

namespace PedAtt.Portfolio.Entries;

/// <summary>Checks an entry's fields against the catalogue. No rule but the catalogue's.</summary>
public static class EntryFields
{
    /// <param name="error">Takes a field's key and the code of what is wrong with it.</param>
    /// <returns>The fields of the block that were given, trimmed; what the catalogue does not know is left
    /// out.</returns>
    public static IReadOnlyDictionary<string, JsonElement> Check(
        BlockDefinition block,
        JsonElement given,
        Action<string, string> error
    )
    {
        var fields = new Dictionary<string, JsonElement>();
        foreach (var field in block.Fields)
        {
            if (given.TryGetProperty(field.Key, out var found) && !IsReadable(found))
            {
                error(field.Key, FieldCodes.ValueWrongType);
                continue;
            }
            var value = found.ValueKind == JsonValueKind.Undefined ? default : Trimmed(found);
            if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            {
                if (field.Required)
                    error(field.Key, FieldCodes.Required);
            }
            else if (Mistake(field, value) is { } code)
                error(field.Key, code);
            else
                fields[field.Key] = value;
        }
        return fields;
    }

    private static string? Mistake(FieldDefinition field, JsonElement value) =>
        field.Type switch
        {
            FieldType.Year or FieldType.Integer or FieldType.Decimal => NumberMistake(field, value),
            _ when value.ValueKind != JsonValueKind.String => FieldCodes.ValueWrongType,
            FieldType.Date => DateOnly.TryParseExact(
                value.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            )
                ? null
                : FieldCodes.DateInvalid,
            FieldType.Choice => field.Choices!.Any(choice => choice.Key == value.GetString())
                ? null
                : FieldCodes.UnknownKey,
            _ => TextMistake(field, value.GetString()!),
        };

    private static string? NumberMistake(FieldDefinition field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number)
            return FieldCodes.ValueWrongType;
        if (!value.TryGetDecimal(out var number))
            return FieldCodes.NumberOutOfRange;
        if (field.Type != FieldType.Decimal && number != decimal.Truncate(number))
            return FieldCodes.ValueWrongType;
        return number < field.Min || number > field.Max ? FieldCodes.NumberOutOfRange : null;
    }

    private static string? TextMistake(FieldDefinition field, string text)
    {
        if (TypedText.HasControls(text, lines: field.Type == FieldType.LongText))
            return FieldCodes.TextControlCharacters;
        if (TypedText.Length(text) < field.MinLength)
            return FieldCodes.FieldTooShort;
        if (TypedText.Length(text) > field.MaxLength)
            return FieldCodes.FieldTooLong;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (words < field.MinWords)
            return Codes.Field.WordsTooFew;
        return words > field.MaxWords ? Codes.Field.WordsTooMany : null;
    }

    /// <summary>A text with half of a surrogate pair is JSON, but no text.</summary>
    private static bool IsReadable(JsonElement value)
    {
        try
        {
            return value.ValueKind != JsonValueKind.String || value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A blank text is none.</summary>
    private static JsonElement Trimmed(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value.Clone();
        return TypedText.Clean(value.GetString()) is { } text ? JsonSerializer.SerializeToElement(text) : default;
    }
}
