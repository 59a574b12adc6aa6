using System.Text.Json.Nodes;
using PedAtt.Portfolio.Catalogues;

namespace PedAtt.Portfolio.Tests.Catalogues;

public sealed class CatalogueTests
{
    private const string Sound = """
        [{"key": "papers", "name": {"kk": "Құжаттар", "ru": "Документы", "en": "Papers"}, "blocks": [
            {"key": "diploma", "name": {"kk": "Диплом", "ru": "Диплом", "en": "Diploma"}, "requirement": "always", "categories": null,
             "multiple": true, "files": {"min": 1, "max": 10}, "validFrom": "2020-01-01", "validTo": null, "fields": [
                {"key": "number", "name": {"kk": "Нөмірі", "ru": "Номер", "en": "Number"}, "type": "text", "required": true, "minLength": 1, "maxLength": 50},
                {"key": "year", "name": {"kk": "Жылы", "ru": "Год", "en": "Year"}, "type": "year", "required": true, "min": 1950, "max": 2100}]}]}]
        """;

    public static TheoryData<string, string, string?> Mistakes =>
        new()
        {
            // what is changed, to what, what is said of it
            { "0.key", "\"Papers\"", "'Papers' is no kebab-case word" },
            { "0.blocks.0.key", "\"identity-card\"", "identity-card is a word of its own" },
            { "0.blocks.0.key", "\"application\"", "application is a word of its own" },
            { "0.blocks.0.files", """{"min": 2, "max": 1}""", "diploma: files 2–1" },
            { "0.blocks.0.files", """{"min": -1, "max": 1}""", "diploma: files -1–1" },
            { "0.blocks.0.files", """{"min": 1, "max": 11}""", "diploma: files 1–11" },
            { "0.blocks.0.validTo", "\"2019-12-31\"", "diploma ends before it begins" },
            { "0.blocks.0.fields.0.key", "\"keepFiles\"", "diploma.keepFiles: no key for a field" },
            { "0.blocks.0.fields.0.key", "\"the number\"", "diploma.the number: no key for a field" },
            { "0.blocks.0.fields.0.key", "\"year\"", "diploma: a field stands twice" },
            { "0.blocks.0.fields.0.minLength", "51", "diploma.number: the least is above the most" },
            { "0.blocks.0.fields.0.maxLength", "null", "diploma.number: a text without an end" },
            { "0.blocks.0.fields.1.max", "1949", "diploma.year: the least is above the most" },
            { "0.blocks.0.fields.1.max", "null", "diploma.year: a number without bounds" },
            {
                "0.blocks.0.fields.0.choices",
                """[{"key": "a", "name": {"kk": "а", "ru": "а", "en": "a"}}]""",
                "diploma.number: choices belong to a choice"
            },
            { "0.blocks.0.fields.0.type", "\"choice\"", "diploma.number: choices belong to a choice" },
            { "0.blocks.0.fields.0.type", "\"essay\"", null },
            { "0.blocks.0.requirement", "\"sometimes\"", null },
            { "0.blocks.0.validFrom", "\"2020-13-01\"", null },
        };

    [Fact]
    public void A_sound_catalogue_is_read() =>
        Assert.Equal("diploma", Catalogue.Parse(Sound).Sections[0].Blocks[0].Key);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_it_stops_the_start_and_is_named(string path, string value, string? said)
    {
        var json = JsonNode.Parse(Sound)!;
        var steps = path.Split('.');
        var node = steps[..^1]
            .Aggregate(json, (at, step) => int.TryParse(step, out var index) ? at[index]! : at[step]!);
        node[steps[^1]] = JsonNode.Parse(value);
        if (said is null)
            Assert.ThrowsAny<System.Text.Json.JsonException>(() => Catalogue.Parse(json.ToJsonString()));
        else
            Assert.Contains(
                said,
                Assert.Throws<InvalidOperationException>(() => Catalogue.Parse(json.ToJsonString())).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void An_entry_of_nothing_is_a_mistake()
    {
        var json = JsonNode.Parse(Sound)!;
        json[0]!["blocks"]![0]!["files"]!["min"] = 0;
        Assert.NotEmpty(Catalogue.Parse(json.ToJsonString()).Sections);
        foreach (var field in json[0]!["blocks"]![0]!["fields"]!.AsArray())
            field!["required"] = false;
        Assert.Contains(
            "an entry may be empty",
            Assert.Throws<InvalidOperationException>(() => Catalogue.Parse(json.ToJsonString())).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_block_may_change_with_a_date_but_never_be_there_twice()
    {
        var json = JsonNode.Parse(Sound)!;
        var (old, next) = (json[0]!["blocks"]![0]!, json[0]!["blocks"]![0]!.DeepClone());
        next["validFrom"] = "2027-01-01";
        next["multiple"] = false;
        json[0]!["blocks"]!.AsArray().Add(next);
        Assert.Contains(
            "in force twice on 2027-01-01",
            Assert.Throws<InvalidOperationException>(() => Catalogue.Parse(json.ToJsonString())).Message,
            StringComparison.Ordinal
        );
        old["validTo"] = "2027-01-01";
        Assert.Throws<InvalidOperationException>(() => Catalogue.Parse(json.ToJsonString()));
        old["validTo"] = "2026-12-31";
        var catalogue = Catalogue.Parse(json.ToJsonString());
        Assert.Empty(catalogue.On(new(2019, 12, 31))[0].Blocks);
        Assert.True(catalogue.On(new(2026, 12, 31))[0].Blocks.Single().Multiple);
        Assert.False(catalogue.On(new(2027, 1, 1))[0].Blocks.Single().Multiple);
    }

    [Fact]
    public void Ours_has_the_sections_of_the_guide_and_a_name_for_everything_in_each_language()
    {
        var sections = Given.Catalogue.On(Given.Day);
        Assert.Equal(["main-documents", "portfolio-sections"], sections.Select(section => section.Key));
        var blocks = sections.SelectMany(section => section.Blocks).ToArray();
        Assert.Equal(
            Requirement.WithCurrentCategory,
            blocks.Single(block => block.Key == "current-category").Requirement
        );
        Assert.Equal(Requirement.Optional, blocks.Single(block => block.Key == "awards").Requirement);
        var names = sections
            .Select(section => section.Name)
            .Concat(blocks.Select(block => block.Name))
            .Concat(blocks.SelectMany(block => block.Fields).Select(field => field.Name))
            .Concat(
                blocks
                    .SelectMany(block => block.Fields)
                    .SelectMany(field => field.Choices ?? [])
                    .Select(choice => choice.Name)
            );
        Assert.All(
            names,
            name => Assert.All([name.Kk, name.Ru, name.En], text => Assert.False(string.IsNullOrWhiteSpace(text)))
        );
    }
}
