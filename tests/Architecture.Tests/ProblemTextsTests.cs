using System.Text.Json;
using System.Text.RegularExpressions;

namespace PedAtt.Architecture.Tests;

/// <summary>Every code that a service can answer with says in three languages what it means.</summary>
public partial class ProblemTextsTests
{
    private static readonly string[] languages = ["kk", "ru", "en"];

    public static TheoryData<string> Programs => [.. Solution.Programs, "ServiceDefaults"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_code_thrown_has_its_texts(string project)
    {
        var texts = Texts("ServiceDefaults").Keys.Concat(Texts(project).Keys).ToHashSet();
        var untold = Solution
            .SourcesIn(Solution.FolderOf(project))
            .SelectMany(file => Thrown().Matches(file.Text))
            .Select(match => match.Groups["code"].Value)
            .Distinct()
            .Except(texts);
        Assert.Empty(untold);
    }

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

    [GeneratedRegex(
        """(?:Problem\(\s*\d+,|Problem\.Conflict\(|Problem\.NotAllowed\(|Problem\.With\(\s*\d+,|WriteAsync\(\s*[\w.]+,\s*\d+,)\s*(?:code:\s*)?"(?<code>[a-z0-9.-]+)["]"""
    )]
    private static partial Regex Thrown();
}
