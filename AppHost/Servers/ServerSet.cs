namespace PedAtt.AppHost.Servers;

/// <summary>What runs, and how a service reaches it.</summary>
public sealed record Server(
    IResourceBuilder<IResource> Process,
    IResourceBuilder<IResourceWithConnectionString> Address
);

/// <summary>The servers that the services stand on.</summary>
/// <param name="Database">Of one service, by its name.</param>
/// <param name="Broker">RabbitMQ.</param>
/// <param name="Storage">S3.</param>
/// <param name="Scanner">clamd.</param>
/// <param name="Mail">SMTP; in a demonstration a sink with a page of its own.</param>
public sealed record ServerSet(
    Func<string, Server> Database,
    Server Broker,
    Server Storage,
    Server Scanner,
    Server Mail
)
{
    /// <summary>Containers where an engine is there to run them, or when publishing; local processes where
    /// not.</summary>
    public static ServerSet AddTo(IDistributedApplicationBuilder builder, Installation installation) =>
        builder.ExecutionContext.IsPublishMode || ContainerEngine.IsThere
            ? ContainerServers.AddTo(builder, installation)
            : LocalServers.AddTo(builder, installation);
}

internal static class ContainerEngine
{
    public static bool IsThere { get; } =
        !OperatingSystem.IsLinux()
        || Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }
        || new[] { "/var/run/docker.sock", "/run/podman/podman.sock" }.Any(File.Exists)
        || (
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } folder
            && new[] { "docker.sock", "podman/podman.sock" }.Any(socket => File.Exists(Path.Combine(folder, socket)))
        );
}

public static class ServerReferences
{
    /// <summary>Gives a project the server's address under a connection name, and lets it wait for the
    /// server.</summary>
    public static IResourceBuilder<ProjectResource> With(
        this IResourceBuilder<ProjectResource> project,
        Server server,
        string connectionName
    ) => project.WithReference(server.Address, connectionName).WaitFor(server.Process);
}
