using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PedAtt.Testing;

namespace PedAtt.Architecture.Tests;

/// <summary>The solution's projects and files.</summary>
public static partial class Solution
{
    public static readonly IReadOnlyList<string> Services =
    [
        "Identity",
        "Applications",
        "Portfolio",
        "Documents",
        "Notifications",
    ];

    /// <summary>What runs as a service: the five and the gateway.</summary>
    public static readonly IReadOnlyList<string> Programs = [.. Services, "Gateway"];

    /// <summary>Every text file of ours, by its path from the root, with its text.</summary>
    public static readonly IReadOnlyList<(string Path, string Text)> Files = [.. Read()];

    public static string FolderOf(string project) =>
        project switch
        {
            "Gateway" => "gateway",
            "Web" => "web",
            _ when Services.Contains(project) => $"services/{project}",
            _ => project,
        };

    public static Assembly Assembly(string project) => System.Reflection.Assembly.Load($"PedAtt.{project}");

    /// <summary>The types that somebody wrote, compiler's helpers and generated code left out.</summary>
    public static IEnumerable<Type> Types(string project) =>
        Assembly(project)
            .GetTypes()
            .Where(type =>
                Uses.IsWritten(type) && type.Namespace?.StartsWith("PedAtt.", StringComparison.Ordinal) is true
            );

    public static XDocument ProjectFile(string project) =>
        XDocument.Load(Path.Combine(TestServers.Root, FolderOf(project), $"{project}.csproj"));

    /// <summary>Of its own file, and of what stands for all services beside them.</summary>
    public static IEnumerable<string> References(string project, string kind) =>
        new[] { ProjectFile(project) }
            .Concat(
                Services.Contains(project)
                    ? [XDocument.Load(Path.Combine(TestServers.Root, "services", "Directory.Build.props"))]
                    : []
            )
            .SelectMany(file => file.Descendants(kind))
            .Select(reference => reference.Attribute("Include")!.Value);

    public static IEnumerable<(string Path, string Text)> SourcesIn(string folder) =>
        Files.Where(file =>
            file.Path.StartsWith($"{folder}/", StringComparison.Ordinal)
            && file.Path.EndsWith(".cs", StringComparison.Ordinal)
        );

    private static IEnumerable<(string, string)> Read()
    {
        string[] kinds =
        [
            ".cs",
            ".json",
            ".md",
            ".sh",
            ".yml",
            ".yaml",
            ".sql",
            ".csproj",
            ".props",
            ".targets",
            ".txt",
            ".cshtml",
            ".csv",
        ];
        foreach (var file in Directory.EnumerateFiles(TestServers.Root, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(TestServers.Root, file).Replace('\\', '/');
            if (kinds.Contains(Path.GetExtension(path)) && !Foreign().IsMatch(path))
                yield return (path, File.ReadAllText(file));
        }
    }

    /// <summary>What is built, fetched or kept by a run, not written.</summary>
    [GeneratedRegex("(^|/)(bin|obj|data|node_modules|TestResults|\\.git|\\.vs)/")]
    private static partial Regex Foreign();
}
