using System.Runtime.CompilerServices;
using System.Text;

// Aspire.Hosting's names, where the package itself cannot be used: see docs/decisions. Nothing here that Aspire lacks.
namespace Aspire.Hosting.ApplicationModel;

public interface IResource
{
    string Name { get; }
}

public interface IResourceWithEnvironment : IResource;

public interface IResourceWithArgs : IResource;

public interface IResourceWithEndpoints : IResource;

public interface IResourceWithWaitSupport : IResource;

public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

public interface IResourceWithConnectionString : IResource, IValueProvider;

public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);
}

public interface IResourceBuilder<out T> where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }
}

internal sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
    where T : IResource;

public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;
}

public sealed class ParameterResource(string name, Func<string> value, bool secret) : Resource(name), IValueProvider
{
    public bool Secret { get; } = secret;

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(value());
}

public sealed class ConnectionStringResource(string name, ReferenceExpression expression) : Resource(name), IResourceWithConnectionString
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => expression.GetValueAsync(cancellationToken);
}

/// <summary>What runs as processes. Projects and executables differ only in how their command is found.</summary>
public abstract class ProcessResource(string name) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal List<string> Arguments { get; } = [];
    internal List<Action<Dictionary<string, IValueProvider>>> Environment { get; } = [];
    internal List<Endpoint> Endpoints { get; } = [];
    internal List<Wait> Waits { get; } = [];
    internal List<string> HealthChecks { get; } = [];
    internal List<(string Path, int Status, string Endpoint)> HttpHealthChecks { get; } = [];
    internal List<Func<CancellationToken, Task>> WhenReady { get; } = [];
    internal int Replicas { get; set; } = 1;
    internal bool Quiet { get; set; }
}

public sealed class ExecutableResource(string name, string command, string workingDirectory) : ProcessResource(name)
{
    public string Command { get; } = command;

    public string WorkingDirectory { get; } = workingDirectory;
}

public sealed class ProjectResource(string name) : ProcessResource(name), IResourceWithServiceDiscovery
{
    internal string ProjectPath { get; init; } = "";
}

internal enum Until
{
    Started,
    Healthy,
    Completed,
}

internal sealed record Wait(IResource For, Until Until, int ExitCode = 0);

/// <summary>One name, one port for each replica.</summary>
internal sealed record Endpoint(string Name, string Scheme, int? Port, string? EnvironmentVariable)
{
    public int[] Ports { get; set; } = [];
}

internal sealed record Literal(string? Value) : IValueProvider
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Value);
}

public enum EndpointProperty
{
    Url,
    Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
}

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;

    public string EndpointName { get; } = endpointName;

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);
}

public sealed class EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property) : IValueProvider
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var found = ((ProcessResource)endpoint.Resource).Endpoints.Single(one => one.Name == endpoint.EndpointName);
        return new(property switch
        {
            EndpointProperty.Url => $"{found.Scheme}://localhost:{found.Ports[0]}",
            EndpointProperty.Host => "localhost",
            EndpointProperty.Scheme => found.Scheme,
            EndpointProperty.HostAndPort => $"localhost:{found.Ports[0]}",
            _ => $"{found.Ports[0]}",
        });
    }
}

public sealed class ReferenceExpression : IValueProvider
{
    private readonly IReadOnlyList<IValueProvider> parts;

    private ReferenceExpression(IReadOnlyList<IValueProvider> parts) => this.parts = parts;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(await part.GetValueAsync(cancellationToken));
        return text.ToString();
    }

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        internal List<IValueProvider> Parts { get; } = new(literalLength + formattedCount);

        public void AppendLiteral(string value) => Parts.Add(new Literal(value));

        public void AppendFormatted(string? value) => Parts.Add(new Literal(value));

        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider => Parts.Add(valueProvider);

        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider =>
            Parts.Add(valueProvider.Resource);
    }
}

public sealed class ResourceReadyEvent(IResource resource)
{
    public IResource Resource { get; } = resource;
}
