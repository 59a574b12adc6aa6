using System.Text.Json;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Entries;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class EntryFieldsTests
{
    private static readonly Localized Name = new("атауы", "название", "name");

    private static FieldDefinition Field(FieldType type, bool required = true) =>
        new(
            "x",
            Name,
            type,
            required,
            MinLength: type is FieldType.Text or FieldType.LongText ? 3 : null,
            MaxLength: type is FieldType.Text or FieldType.LongText ? 20 : null,
            MinWords: type == FieldType.LongText ? 2 : null,
            MaxWords: type == FieldType.LongText ? 4 : null,
            Min: type is FieldType.Year or FieldType.Integer or FieldType.Decimal ? 5 : null,
            Max: type is FieldType.Year or FieldType.Integer or FieldType.Decimal ? 2100 : null,
            Choices: type == FieldType.Choice ? [new("district", Name), new("region", Name)] : null
        );

    [Theory]
    [InlineData(FieldType.Text, "\" Әсел \"", "\"Әсел\"")]
    [InlineData(FieldType.Text, "\"abc\"", "\"abc\"")]
    [InlineData(FieldType.Text, "\"12345678901234567890\"", "\"12345678901234567890\"")]
    [InlineData(FieldType.LongText, "\"бір\\n\\tекі\"", "\"бір\\n\\tекі\"")]
    [InlineData(FieldType.LongText, "\"а б в г\"", "\"а б в г\"")]
    [InlineData(FieldType.Date, "\"2024-02-29\"", "\"2024-02-29\"")]
    [InlineData(FieldType.Year, "2026", "2026")]
    [InlineData(FieldType.Integer, "5", "5")]
    [InlineData(FieldType.Decimal, "78.5", "78.5")]
    [InlineData(FieldType.Decimal, "5", "5")]
    [InlineData(FieldType.Choice, "\"region\"", "\"region\"")]
    public void What_fits_is_kept(FieldType type, string given, string kept)
    {
        var (fields, codes) = Check(Field(type), $$"""{"x": {{given}}}""");
        Assert.Empty(codes);
        Assert.Equal(JsonSerializer.Deserialize<JsonElement>(kept).ToString(), fields["x"].ToString());
    }

    [Theory]
    [InlineData(FieldType.Text, "\"ab\"", "field.too-short")]
    [InlineData(FieldType.Text, "\"123456789012345678901\"", "field.too-long")]
    [InlineData(FieldType.Text, "\"  \"", "required")]
    [InlineData(FieldType.Text, "null", "required")]
    [InlineData(FieldType.Text, "7", "value.wrong-type")]
    [InlineData(FieldType.Text, "[\"abc\"]", "value.wrong-type")]
    [InlineData(FieldType.Text, "\"abc\\ndef\"", "text.control-characters")]
    [InlineData(FieldType.Text, "\"abc\\u0000\"", "text.control-characters")]
    [InlineData(FieldType.Text, "\"abc\\ud800\"", "value.wrong-type")]
    [InlineData(FieldType.LongText, "\"abc\\u0007 def\"", "text.control-characters")]
    [InlineData(FieldType.LongText, "\"бірсөз\"", "words.too-few")]
    [InlineData(FieldType.LongText, "\"а б в г д\"", "words.too-many")]
    [InlineData(FieldType.Date, "\"2026-02-29\"", "date.invalid")]
    [InlineData(FieldType.Date, "\"01.02.2026\"", "date.invalid")]
    [InlineData(FieldType.Date, "20260201", "value.wrong-type")]
    [InlineData(FieldType.Year, "\"2026\"", "value.wrong-type")]
    [InlineData(FieldType.Year, "2026.5", "value.wrong-type")]
    [InlineData(FieldType.Year, "2101", "number.out-of-range")]
    [InlineData(FieldType.Integer, "4", "number.out-of-range")]
    [InlineData(FieldType.Integer, "1e400", "number.out-of-range")]
    [InlineData(FieldType.Integer, "true", "value.wrong-type")]
    [InlineData(FieldType.Decimal, "4.99", "number.out-of-range")]
    [InlineData(FieldType.Decimal, "\"78,5\"", "value.wrong-type")]
    [InlineData(FieldType.Choice, "\"galaxy\"", "unknown-key")]
    [InlineData(FieldType.Choice, "\"\"", "required")]
    [InlineData(FieldType.Choice, "{}", "value.wrong-type")]
    public void What_does_not_fit_is_told_by_its_code(FieldType type, string given, string code) =>
        Assert.Equal([$"x {code}"], Check(Field(type), $$"""{"x": {{given}}}""").Codes);

    [Fact]
    public void What_is_not_required_may_be_left_out_and_what_is_unknown_is_not_kept()
    {
        var (fields, codes) = Check(Field(FieldType.Text, required: false), """{"y": "басқа", "x": ""}""");
        Assert.Empty(codes);
        Assert.Empty(fields);
        Assert.Equal(["x required"], Check(Field(FieldType.Text), "{}").Codes);
    }

    private static (IReadOnlyDictionary<string, JsonElement> Fields, List<string> Codes) Check(
        FieldDefinition field,
        string json
    )
    {
        var block = new BlockDefinition(
            "b",
            Name,
            Requirement.Always,
            null,
            true,
            new(0, 1),
            new(2020, 1, 1),
            null,
            [field]
        );
        var codes = new List<string>();
        return (
            EntryFields.Check(
                block,
                JsonSerializer.Deserialize<JsonElement>(json),
                (key, code) => codes.Add($"{key} {code}")
            ),
            codes
        );
    }
}
