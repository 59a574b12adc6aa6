using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.AppHost.Servers;

namespace Aspire.Hosting;

/// <summary>Starts the resources in the order of their waits, stops them in the reverse one.</summary>
public sealed class DistributedApplication : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly List<ResourceRun> runs;
    private readonly PortBlock ports = PortBlock.Take();
    private readonly CancellationTokenSource stopping = new();

    internal DistributedApplication(ServiceProvider services, IEnumerable<IResource> resources)
    {
        this.services = services;
        runs = [.. resources.OfType<ProcessResource>().Select(resource => new ResourceRun(resource, services))];
        var free = ports.Others.GetEnumerator();
        foreach (var resource in runs.Select(run => run.Resource))
        {
            foreach (var endpoint in resource.Endpoints)
            {
                endpoint.Ports = [.. Enumerable.Range(0, resource.Replicas).Select(replica =>
                    replica == 0 && endpoint.Port is { } port ? port : free.MoveNext() ? free.Current
                        : throw new InvalidOperationException("More endpoints than ports."))];
            }
        }
    }

    public IServiceProvider Services => services;

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    public void Run() => RunAsync().GetAwaiter().GetResult();

    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        var asked = new TaskCompletionSource();
        void Ask(PosixSignalContext signal)
        {
            signal.Cancel = true;
            asked.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ask);
        using var cancelled = cancellationToken.Register(() => asked.TrySetResult());

        var failed = StartAsync(cancellationToken);
        var ended = await Task.WhenAny(asked.Task, failed, DotnetRunDied(stopping.Token));
        if (ended == failed && failed.IsFaulted)
        {
            Environment.ExitCode = 1;
            Console.Error.WriteLine(failed.Exception!.InnerException!.Message);
        }
        else if (ended == failed)
        {
            await Task.WhenAny(asked.Task, DotnetRunDied(stopping.Token));
        }
        await StopAsync(CancellationToken.None);
        await DisposeAsync();
    }

    /// <summary>Ends when every resource is ready, or has ended as it should; fails with the first that did not.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var starting = runs.Select(run => run.StartAsync(runs, stopping.Token)).ToList();
        while (starting.Count > 0)
        {
            var next = await Task.WhenAny(starting);
            starting.Remove(next);
            await next;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await stopping.CancelAsync();
        Console.WriteLine("Stopping…");
        var stops = new Dictionary<ResourceRun, Task>();
        Task Stop(ResourceRun run)
        {
            if (stops.TryGetValue(run, out var already)) return already;
            var dependants = runs.Where(other => other.Resource.Waits.Any(wait => wait.For == run.Resource)).Select(Stop).ToList();
            return stops[run] = Task.Run(async () =>
            {
                await Task.WhenAll(dependants);
                await run.StopAsync();
            }, CancellationToken.None);
        }
        await Task.WhenAll(runs.Select(Stop));
    }

    public async ValueTask DisposeAsync()
    {
        stopping.Dispose();
        await services.DisposeAsync();
        ports.Release();
    }

    /// <summary>Under `dotnet run` nobody could stop us any more once that process has been killed.</summary>
    private static async Task DotnetRunDied(CancellationToken cancellation)
    {
        static int Parent() => int.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[1]);
        var parent = Parent();
        var commandLine = File.Exists($"/proc/{parent}/cmdline") ? await File.ReadAllTextAsync($"/proc/{parent}/cmdline", cancellation) : "";
        var underDotnetRun = commandLine.Split('\0') is [var program, _, ..] && Path.GetFileName(program) == "dotnet";
        try
        {
            while (!underDotnetRun || Parent() == parent) await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
