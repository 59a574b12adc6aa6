using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.Web.Tests.Pages;

/// <summary>The pages keep their own policy: nothing runs or looks but what stands in files of ours.</summary>
public partial class PageFilesTests
{
    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(TestServers.Root, "web", "Pages"), "*.cshtml", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(TestServers.Root, file)),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_page_has_a_script_or_a_style_within(string page)
    {
        var markup = File.ReadAllText(Path.Combine(TestServers.Root, page));
        Assert.Empty(Inline().Matches(markup).Select(found => found.Value));
        Assert.Empty(Foreign().Matches(markup).Select(found => found.Value));
    }

    /// <summary>A script with something within, a style of its own, what an event does.</summary>
    [GeneratedRegex(
        """<style\b|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<script\b[^>]*>\s*[^<\s]|javascript:""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Inline();

    /// <summary>What the browser would fetch from somebody else.</summary>
    [GeneratedRegex("""(\ssrc|<link\b[^>]*\shref)\s*=\s*["'](https?:)?//[^"']*""", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();
}
