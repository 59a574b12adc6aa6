using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PedAtt.Architecture.Tests;

/// <summary>Every code that a service can answer with says in three languages what it means.</summary>
public partial class ProblemTextsTests
{
    private static readonly string[] languages = ["kk", "ru", "en"];

    /// <summary>The same word with another meaning.</summary>
    private static readonly string[] OtherMeanings =
    [
        // A part of an address.
        "gateway/Proxy/Pages.cs: internal",
    ];

    public static TheoryData<string> Programs => [.. Solution.Programs, "ServiceDefaults"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_code_has_its_texts_and_every_text_its_code(string project)
    {
        var codes = Constants(project == "ServiceDefaults" ? typeof(SharedCodes) : CodesOf(project));
        Assert.NotEmpty(codes);
        Assert.Equal(Texts(project).Keys.Order(), codes.Select(code => code.Value).Order());
        Assert.All(codes, code => Assert.Equal(NameOf(code.Value), code.Name));
    }

    [Fact]
    public void Every_code_of_a_field_has_its_text_on_the_pages()
    {
        var texts = Solution
            .Files.Where(file => file.Path.StartsWith("web/Texts/", StringComparison.Ordinal))
            .Where(file => file.Path.EndsWith(".en.json", StringComparison.Ordinal))
            .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(file.Text)!.Keys)
            .ToList();
        var codes = Solution
            .Programs.Select(project => CodesOf(project).GetNestedType("Field"))
            .Append(typeof(FieldCodes))
            .OfType<Type>()
            .SelectMany(Constants)
            .ToList();
        Assert.True(codes.Count > 30);
        Assert.All(codes, code => Assert.Equal(NameOf(code.Value), code.Name));
        // A text of its own for the field, for an import, or for all.
        Assert.DoesNotContain(
            codes,
            code => !texts.Exists(key => key.EndsWith($".{code.Value}", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_code_is_written_once()
    {
        var values = Solution
            .Programs.Select(CodesOf)
            .SelectMany(codes => new[] { codes, codes.GetNestedType("Field") })
            .Concat([typeof(SharedCodes), typeof(FieldCodes)])
            .OfType<Type>()
            .SelectMany(Constants)
            .Select(code => code.Value)
            .ToHashSet();
        var sources = Solution
            .Programs.Select(Solution.FolderOf)
            .Concat(["ServiceDefaults", "Internal", "Edge"])
            .SelectMany(Solution.SourcesIn)
            .Where(file => !Path.GetFileName(file.Path).EndsWith("Codes.cs", StringComparison.Ordinal))
            .ToList();
        Assert.True(sources.Count > 200);
        Assert.Contains(sources, file => file.Text.Contains("Codes.", StringComparison.Ordinal));

        var literals =
            from file in sources
            from literal in Passed()
                .Matches(file.Text)
                .Concat(Literal().Matches(file.Text).Where(match => values.Contains(match.Groups["code"].Value)))
            select $"{file.Path}: {literal.Groups["code"].Value}";
        Assert.Equal(OtherMeanings, literals.Order());
    }

    [Theory]
    [InlineData("throw Problem.Conflict(\n    \"block.lost\", \"There is none.\")")]
    [InlineData("Problem.NotAllowed(\"block.lost\")")]
    [InlineData("Problem.With(422, \"block.lost\", (\"fields\", fields))")]
    [InlineData("new Problem(422, \"block.lost\")")]
    [InlineData("ProblemWriter.WriteAsync(http, 404, \"block.lost\")")]
    [InlineData("errors.Add(\"kind\", \"block.lost\");")]
    [InlineData("fields.Wrong(field, \"block.lost\");")]
    [InlineData("fields.Require(\"kind\", IsKnown(kind), \"block.lost\");")]
    [InlineData("errors.Add(\"kind\", kind is null ? FieldCodes.Required : \"block.lost\");")]
    public void A_planted_literal_is_found(string source) =>
        Assert.Equal("block.lost", Passed().Match(source).Groups["code"].Value);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_text_is_there_in_Kazakh_Russian_and_English(string project)
    {
        foreach (var (code, text) in Texts(project))
        {
            Assert.Matches("^[a-z0-9]+([-.][a-z0-9]+)*$", code);
            Assert.True(text.TryGetProperty("title", out _), $"{code} has no title");
            foreach (var part in text.EnumerateObject())
            {
                Assert.Equal(languages, part.Value.EnumerateObject().Select(language => language.Name));
                Assert.All(
                    part.Value.EnumerateObject(),
                    language => Assert.False(string.IsNullOrWhiteSpace(language.Value.GetString()), code)
                );
                // A sentence that is the same in two languages was translated into one of them.
                Assert.Equal(
                    3,
                    part.Value.EnumerateObject().Select(language => language.Value.GetString()).Distinct().Count()
                );
            }
        }
    }

    private static Dictionary<string, JsonElement> Texts(string project)
    {
        using var stream = Solution.Assembly(project).GetManifestResourceStream("problems.json");
        return stream is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stream)!;
    }

    private static Type CodesOf(string project) =>
        Solution.Assembly(project).GetType($"PedAtt.{project}.Codes", throwOnError: true)!;

    private static List<(string Name, string Value)> Constants(Type codes) =>
        [
            .. codes
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => field.IsLiteral)
                .Select(field => (field.Name, (string)field.GetRawConstantValue()!)),
        ];

    private static string NameOf(string code) =>
        string.Concat(code.Split('.', '-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>A literal in the place of a code.</summary>
    [GeneratedRegex(
        """
            (?:Problem\.(?:Conflict|NotAllowed)\(|(?:Problem\.With|new\sProblem)\(\s*\d+,|WriteAsync\(\s*[\w.]+,\s*\d+,
            |(?:\b[eE]rrors\.Add|\b[fF]ields\.(?:Wrong|Require)|\berror)\((?:"\w+"|[\w.]+),[^;"]*?)\s*(?:code:\s*)?"(?<code>[a-z0-9.-]+)["]
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Passed();

    [GeneratedRegex("\"(?<code>[a-z0-9.-]+)\"")]
    private static partial Regex Literal();
}
