using System.Text.Json;
using System.Text.RegularExpressions;

namespace PedAtt.Architecture.Tests;

/// <summary>What people read on the pages stands in files, in each language; what is asked for is there.</summary>
public partial class PageTextsTests
{
    public static TheoryData<string> Languages => ["kk", "ru", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_key_has_one_text_and_it_says_something(string language)
    {
        var texts = Files(language).SelectMany(Read).ToList();
        Assert.Empty(texts.GroupBy(text => text.Key).Where(texts => texts.Count() > 1).Select(texts => texts.Key));
        Assert.Empty(texts.Where(text => string.IsNullOrWhiteSpace(text.Value)).Select(text => text.Key));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_text_is_there_in_the_other_languages_too(string language)
    {
        var all = Languages.SelectMany(row => Keys(row.Data)).Select(Singular).ToHashSet();
        Assert.Empty(all.Except(Keys(language).Select(Singular)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_text_that_counts_has_each_plural_of_its_language(string language)
    {
        string[] plurals = language == "ru" ? ["one", "few", "many"] : ["one", "other"];
        var keys = Keys(language);
        var counting = keys.Where(key => key.EndsWith(".one", StringComparison.Ordinal)).Select(Singular);
        Assert.Empty(counting.SelectMany(key => plurals.Select(plural => $"{key}.{plural}")).Except(keys));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var keys = Keys("ru").SelectMany(key => new[] { key, Singular(key) }).ToHashSet();
        var asked = Pages.SelectMany(page => Asked().Matches(page.Text).Select(match => match.Groups["key"].Value));
        Assert.Empty(asked.Distinct().Except(keys));
    }

    [Fact]
    public void No_page_has_a_text_of_its_own()
    {
        // The gallery's samples are for who builds pages; a language's name is the same in every language; a pattern
        // reads what a person typed and is read by nobody.
        var own = Pages
            .Where(page => !Path.GetFileName(page.Path).StartsWith("Gallery.", StringComparison.Ordinal))
            .Where(page => Path.GetFileName(page.Path) != "_Languages.cshtml")
            .SelectMany(page =>
                page.Text.Split('\n')
                    .Where(line =>
                        Cyrillic().IsMatch(Said(line)) && !line.Contains("[GeneratedRegex(", StringComparison.Ordinal)
                    )
                    .Select(line => $"{page.Path}: {line.Trim()}")
            );
        Assert.Empty(own);
    }

    private static IEnumerable<(string Path, string Text)> Pages =>
        Solution.Files.Where(file =>
            file.Path.StartsWith("web/", StringComparison.Ordinal) && Path.GetExtension(file.Path) is ".cs" or ".cshtml"
        );

    private static IEnumerable<string> Files(string language) =>
        Solution
            .Files.Where(file =>
                file.Path.StartsWith("web/Texts/", StringComparison.Ordinal)
                && file.Path.EndsWith($".{language}.json", StringComparison.Ordinal)
            )
            .Select(file => file.Text);

    private static HashSet<string> Keys(string language) =>
        [.. Files(language).SelectMany(Read).Select(text => text.Key)];

    private static IEnumerable<(string Key, string? Value)> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(text => (text.Name, text.Value.GetString()))];
    }

    private static string Singular(string key) => Plural().Replace(key, "");

    /// <summary>A line without its comment.</summary>
    private static string Said(string line) => Comment().Replace(line, "");

    [GeneratedRegex("""(\bT|\b[tT]exts)(\[|\.Count\()"(?<key>[^"{}]+)"(?=[\],])""")]
    private static partial Regex Asked();

    [GeneratedRegex("[Ѐ-ӿ]{2}")]
    private static partial Regex Cyrillic();

    [GeneratedRegex("\\.(one|few|many|other)$")]
    private static partial Regex Plural();

    [GeneratedRegex("(^|\\s)//.*|@\\*.*?\\*@")]
    private static partial Regex Comment();
}
