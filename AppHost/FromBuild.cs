// WithLaunchToolArgs may still change: what to do then is in docs/decisions/0004
#pragma warning disable ASPIREEXTENSION001

namespace PedAtt.AppHost;

internal static class FromBuild
{
    /// <summary>
    /// Starts what the build has made of a project. Aspire's own way is `dotnet run` for each, which takes three times
    /// as long and half a gigabyte more (docs/decisions/0004).
    /// </summary>
    public static IResourceBuilder<ProjectResource> FromTheBuild(
        this IResourceBuilder<ProjectResource> program,
        IProjectMetadata project
    ) =>
        program.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? program
            : program.WithLaunchToolArgs(
                context => context.Args.Add(Output(project.ProjectPath)),
                showInCommandLine: false
            );

    /// <summary>In the configuration that the AppHost itself was built in.</summary>
    private static string Output(string projectPath)
    {
        // bin/<configuration>/<framework>
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var output = Path.Combine(
            Path.GetDirectoryName(projectPath)!,
            "bin",
            ours.Parent!.Name,
            ours.Name,
            $"PedAtt.{Path.GetFileNameWithoutExtension(projectPath)}.dll"
        );
        return File.Exists(output)
            ? output
            : throw new DistributedApplicationException($"{output} is not there: build the solution first.");
    }
}
