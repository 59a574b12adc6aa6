using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.Architecture.Tests;

/// <summary>What a document leads to is there.</summary>
public sealed partial class LinksTests
{
    public static TheoryData<string> Documents =>
        [
            "README.md",
            .. Directory
                .EnumerateFiles(Path.Combine(TestServers.Root, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(TestServers.Root, file)),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_of_ours_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(TestServers.Root, document))!;
        var dead =
            from link in Link().Matches(File.ReadAllText(Path.Combine(TestServers.Root, document)))
            let path = link.Groups["path"].Value.Split('#')[0]
            where
                path.Length > 0
                && !path.Contains("://", StringComparison.Ordinal)
                && !Path.Exists(Path.Combine(folder, path))
            select path;
        Assert.Empty(dead);
    }

    [GeneratedRegex(@"\]\((?<path>[^()\s]+)\)")]
    private static partial Regex Link();
}
