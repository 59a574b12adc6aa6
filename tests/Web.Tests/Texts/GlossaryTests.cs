using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.Web.Tests.Texts;

/// <summary>
/// One word for one thing, as docs/glossary.md has it: in the pages' texts, and in whatever a service says in Kazakh.
/// </summary>
public partial class GlossaryTests
{
    private static readonly string[] folders = ["web", "services", "gateway", "ServiceDefaults", "Edge"];

    private static readonly IReadOnlyList<(string Place, string Text)> said = [.. Said()];

    public static TheoryData<string, string, string> Terms => [.. Rows()];

    [Theory]
    [MemberData(nameof(Terms))]
    public void A_thing_is_called_by_its_word(string word, string never, string butIn)
    {
        Assert.Contains(said, one => one.Text.Contains(Stem(word), StringComparison.Ordinal));
        foreach (var other in Parts(never))
        {
            var pattern = new Regex(
                $@"(?<!\w){Regex.Escape(other).Replace("\\#", @"(\d+|\{\d\})")}",
                RegexOptions.CultureInvariant
            );
            Assert.Empty(
                said.Where(one =>
                        pattern.IsMatch(Parts(butIn).Aggregate(one.Text, (text, right) => text.Replace(right, "")))
                    )
                    .Select(one => $"{one.Place}: {one.Text}")
            );
        }
    }

    [Fact]
    public void The_table_and_the_texts_are_read()
    {
        Assert.True(Terms.Count >= 15);
        Assert.Contains(said, one => one.Place.EndsWith("applications.kk.json", StringComparison.Ordinal));
        Assert.Contains(said, one => one.Place.Contains("services", StringComparison.Ordinal));
    }

    private static IEnumerable<(string, string, string)> Rows()
    {
        var table = File.ReadAllText(Path.Combine(TestServers.Root, "docs", "glossary.md"))
            .Split("## One word for one thing")[1];
        return Row()
            .Matches(table)
            .Select(row => (row.Groups[1].Value.Trim(), row.Groups[2].Value.Trim(), row.Groups[3].Value.Trim()))
            .Where(row => row.Item1 != "kk");
    }

    /// <summary>Each text in small letters, with where it stands.</summary>
    private static IEnumerable<(string, string)> Said() =>
        from folder in folders.Select(name => Path.Combine(TestServers.Root, name)).Where(Directory.Exists)
        from file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        where
            file.EndsWith(".kk.json", StringComparison.Ordinal)
            || (IsOfAService(file) && Path.GetExtension(file) is ".json" or ".cs" or ".csv")
        where !Built().IsMatch(file)
        from text in TextsOf(file)
        select (Path.GetRelativePath(TestServers.Root, file), text.ToLowerInvariant());

    private static bool IsOfAService(string file) =>
        !file.StartsWith(Path.Combine(TestServers.Root, "web"), StringComparison.Ordinal);

    private static IEnumerable<string> TextsOf(string file)
    {
        var content = File.ReadAllText(file);
        return file.EndsWith(".kk.json", StringComparison.Ordinal)
            ? Value().Matches(content).Select(match => match.Groups[1].Value)
            : Literal().Matches(content).Select(match => match.Groups[1].Value).Where(text => Kazakh().IsMatch(text));
    }

    private static string[] Parts(string cell) =>
        cell.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Endings change, and so does what stands before them.</summary>
    private static string Stem(string word) => word.Length > 5 ? word[..^2] : word;

    [GeneratedRegex(@"^\| ([^|-][^|]*)\|([^|]*)\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"[\\/](bin|obj|node_modules|wwwroot)[\\/]")]
    private static partial Regex Built();

    [GeneratedRegex("\": \"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("\"((?:[^\"\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();

    /// <summary>Letters that Russian has not.</summary>
    [GeneratedRegex("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")]
    private static partial Regex Kazakh();
}
