using System.Text.RegularExpressions;
using PedAtt.Applications.Life;

namespace PedAtt.Architecture.Tests;

/// <summary>
/// What follows from a status stands in one table of Applications; whoever else needs it asks for the fact. So no
/// status is named in the code of another service or library.
/// </summary>
public partial class StatusWordsTests
{
    /// <summary>The table of notifications holds texts, one set for each outcome; the pages are still to
    /// follow.</summary>
    private static readonly string[] exceptions = ["services/Notifications/Events/NotificationTable.cs", "web/"];

    private static readonly HashSet<string> words =
    [
        .. Enum.GetValues<ApplicationStatus>().Select(Applications.KebabCase.Of).Where(word => word != "new"),
    ];

    [Fact]
    public void No_status_is_named_outside_Applications()
    {
        var named = (
            from file in Solution.Files
            where
                file.Path.EndsWith(".cs", StringComparison.Ordinal)
                && !file.Path.StartsWith("tests/", StringComparison.Ordinal)
            from literal in Literal().Matches(file.Text)
            where words.Contains(literal.Groups["text"].Value)
            select file.Path
        )
            .Distinct()
            .ToList();

        Assert.DoesNotContain(
            named,
            path => !exceptions.Any(exception => path.StartsWith(exception, StringComparison.Ordinal))
        );
        // It saw something: an exception that holds no word any more is none.
        Assert.All(
            exceptions,
            exception => Assert.Contains(named, path => path.StartsWith(exception, StringComparison.Ordinal))
        );
        Assert.Equal(11, Enum.GetValues<ApplicationStatus>().Length);
    }

    [GeneratedRegex("\"(?<text>[a-z-]+)\"")]
    private static partial Regex Literal();
}
