using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>One resource while the application runs: its processes, each under a supervisor, and what became of them.</summary>
internal sealed class ResourceRun(ProcessResource resource, IServiceProvider services)
{
    private static readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly Lock console = new();

    private readonly List<Process> processes = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool stopped;

    public ProcessResource Resource { get; } = resource;

    // A command that others wait for to end; everything else is meant to stay.
    private bool Ends(List<ResourceRun> all) => all.Any(other => other.Resource.Waits.Any(wait => wait.For == Resource && wait.Until == Until.Completed));

    public async Task StartAsync(List<ResourceRun> all, CancellationToken cancellation)
    {
        try
        {
            foreach (var wait in Resource.Waits)
            {
                var other = all.Single(run => run.Resource == wait.For);
                await (wait.Until switch
                {
                    Until.Started => other.started.Task,
                    Until.Healthy => other.healthy.Task,
                    _ => other.completed.Task,
                }).WaitAsync(cancellation);
                if (wait.Until == Until.Completed && await other.completed.Task != wait.ExitCode)
                    throw new InvalidOperationException($"{Resource.Name} is not started, because {other.Resource.Name} ended with {await other.completed.Task}.");
            }
            var ends = Ends(all);
            var exits = new List<Task<int>>();
            for (var replica = 0; replica < Resource.Replicas; replica++) exits.Add(await StartProcessAsync(replica, cancellation));
            started.TrySetResult();

            var exit = Task.WhenAny(exits).Unwrap();
            if (ends)
            {
                completed.TrySetResult(await exit.WaitAsync(cancellation));
                return;
            }
            while (!await IsHealthyAsync(cancellation))
            {
                if (exit.IsCompleted && !stopped)
                    throw new InvalidOperationException($"{Resource.Name} ended with {await exit} before it was ready; its lines above say why.");
                await Task.Delay(200, cancellation);
            }
            healthy.TrySetResult();
            foreach (var callback in Resource.WhenReady) await callback(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    public async Task StopAsync()
    {
        Process[] running;
        lock (processes)
        {
            stopped = true;
            running = [.. processes];
        }
        foreach (var supervisor in running)
        {
            try
            {
                await supervisor.StandardInput.WriteLineAsync("stop");
                await supervisor.StandardInput.FlushAsync();
            }
            catch (IOException)
            {
                // It has ended already.
            }
        }
        foreach (var supervisor in running) await supervisor.WaitForExitAsync();
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellation)
    {
        foreach (var key in Resource.HealthChecks)
        {
            var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == key, cancellation);
            if (report.Status != HealthStatus.Healthy) return false;
        }
        foreach (var check in Resource.HttpHealthChecks)
        {
            foreach (var port in Resource.Endpoints.Single(endpoint => endpoint.Name == check.Endpoint).Ports)
            {
                try
                {
                    using var answer = await http.GetAsync(new Uri($"http://localhost:{port}{check.Path}"), HttpCompletionOption.ResponseHeadersRead, cancellation);
                    if ((int)answer.StatusCode != check.Status) return false;
                }
                catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
                {
                    return false;
                }
            }
        }
        return true;
    }

    private async Task<Task<int>> StartProcessAsync(int replica, CancellationToken cancellation)
    {
        var name = Resource.Replicas == 1 ? Resource.Name : $"{Resource.Name}-{replica + 1}";
        var supervise = Path.Combine(AppContext.BaseDirectory, "Hosting", "supervise.sh");
        var start = new ProcessStartInfo("setsid", ["bash", supervise, name, Resource is ProjectResource ? "10" : "30"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Resource is ExecutableResource executable)
        {
            start.ArgumentList.Add(executable.Command);
            start.WorkingDirectory = executable.WorkingDirectory;
        }
        else if (Resource is ProjectResource project)
        {
            start.ArgumentList.Add("dotnet");
            start.ArgumentList.Add(Output(project.ProjectPath));
            start.WorkingDirectory = Path.GetDirectoryName(project.ProjectPath);
            start.Environment["OTEL_SERVICE_NAME"] = Resource.Name;
            start.Environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={name}-{Guid.NewGuid().ToString("N")[..8]}";
            // The AppHost's own address is the dashboard's.
            start.Environment.Remove("ASPNETCORE_URLS");
            start.Environment.Remove("DOTNET_LAUNCH_PROFILE");
            if (Resource.Endpoints.Count > 0)
                start.Environment["ASPNETCORE_URLS"] = string.Join(';', Resource.Endpoints.Select(one => $"{one.Scheme}://localhost:{one.Ports[replica]}"));
        }
        foreach (var argument in Resource.Arguments) start.ArgumentList.Add(argument);

        var environment = new Dictionary<string, IValueProvider>();
        foreach (var change in Resource.Environment) change(environment);
        foreach (var (key, value) in environment) start.Environment[key] = await value.GetValueAsync(cancellation);
        foreach (var endpoint in Resource.Endpoints.Where(endpoint => endpoint.EnvironmentVariable is not null))
            start.Environment[endpoint.EnvironmentVariable!] = endpoint.Ports[replica].ToString();

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Say(name, Resource.Quiet ? null : line.Data);
        process.ErrorDataReceived += (_, line) => Say(name, Resource.Quiet ? null : line.Data);
        lock (processes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (stopped) throw new OperationCanceledException(cancellation);
            process.Start();
            processes.Add(process);
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return Exit();

        async Task<int> Exit()
        {
            await process.WaitForExitAsync(CancellationToken.None);
            if (!stopped && (process.ExitCode != 0 || healthy.Task.IsCompleted)) Say(name, $"ended with {process.ExitCode}");
            return process.ExitCode;
        }
    }

    /// <summary>What the build has made of a project, in the configuration that the AppHost itself was built in.</summary>
    private static string Output(string projectPath)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));   // bin/<configuration>/<framework>
        var output = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin", ours.Parent!.Name, ours.Name);
        var name = Path.GetFileNameWithoutExtension(projectPath);
        var config = Directory.Exists(output)
            ? Directory.EnumerateFiles(output, "*.runtimeconfig.json").SingleOrDefault(file => Path.GetFileName(file).EndsWith($"{name}.runtimeconfig.json", StringComparison.Ordinal))
            : null;
        return config?.Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal)
            ?? throw new InvalidOperationException($"{name} is not built: build the solution first.");
    }

    private static void Say(string name, string? line)
    {
        if (line is null) return;
        lock (console) Console.WriteLine($"{name,-24} | {line}");
    }
}
