using System.Text.RegularExpressions;

namespace PedAtt.Architecture.Tests;

/// <summary>Code is 120 columns wide. The formatter breaks what it can; comments and the rest are ours to
/// break.</summary>
public partial class ColumnsTests
{
    private const int Most = 120;

    [Fact]
    public void No_line_of_code_or_comment_is_wider_than_120_columns()
    {
        var seen = 0;
        var wide = new List<string>();
        foreach (var (path, text) in Solution.Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var isText = false;
            foreach (var (number, line) in text.Split('\n').Index())
            {
                seen++;
                var quotes = RawText().Count(line);
                // A text, of one line or of more, and a test's name that is a whole sentence cannot be broken.
                if (
                    line.Length > Most
                    && !isText
                    && !line.Contains('"', StringComparison.Ordinal)
                    && !Sentence().IsMatch(line)
                )
                    wide.Add($"{path}:{number + 1}");
                isText ^= quotes % 2 == 1;
            }
        }
        Assert.True(seen > 10_000);
        Assert.Equal("", string.Join('\n', wide));
    }

    [GeneratedRegex("\"\"\"+")]
    private static partial Regex RawText();

    [GeneratedRegex(@"^ *public (async Task|void) \w+\($|^ *public (async Task|void) \w+\(\)$")]
    private static partial Regex Sentence();
}
