using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PedAtt.AppHost;

/// <summary>
/// Puts on the console what somebody who looks only there must know, with the resource's name in front: warnings and
/// errors of services and servers, what has ended, and the last lines of what could not start. The rest is in the
/// dashboard;
/// PEDATT_CONSOLE=all brings every line.
/// </summary>
internal sealed partial class ConsoleReport(
    DistributedApplicationModel model,
    ResourceNotificationService resources,
    ResourceLoggerService logs,
    IHostApplicationLifetime lifetime,
    IConfiguration settings
) : BackgroundService
{
    private readonly bool all = settings["PEDATT_CONSOLE"] == "all";
    private readonly Lock console = new();
    private readonly ConcurrentDictionary<string, Source> sources = new();
    private volatile bool ready;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = lifetime.ApplicationStopping.Register(() => Console.WriteLine("Stopping…"));
        _ = WatchDotnetRunAsync(stoppingToken);
        await foreach (var change in resources.WatchAsync(stoppingToken))
        {
            if (change.Resource is not (ProjectResource or ExecutableResource or ContainerResource))
                continue;
            var source = sources.GetOrAdd(
                change.ResourceId,
                id => new(NameOf(change.Resource, id), MayEnd(change.Resource))
            );
            if (!source.IsRead)
            {
                source.IsRead = true;
                _ = ReadAsync(source, change.ResourceId, stoppingToken);
            }
            var (before, now) = (source.State, change.Snapshot.State?.Text);
            source.State = now;
            if (
                change.Resource.Name == "gateway"
                && change.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            )
                ready = true;
            if (
                before != now
                && KnownResourceStates.TerminalStates.Contains(now)
                && !lifetime.ApplicationStopping.IsCancellationRequested
            )
                HasEnded(source, change.Snapshot.ExitCode, now);
        }
    }

    private void HasEnded(Source source, int? code, string? state)
    {
        if (code == 0 && source.MayEnd)
            return;
        var how = code is null ? $"did not start ({state})" : $"ended with {code}";
        if (ready)
        {
            Say(source, how);
            return;
        }
        // The last lines say why, also those that are not warnings.
        foreach (var line in source.Last)
            Say(source, line);
        Say(source, $"{how} before the system was ready");
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private async Task ReadAsync(Source source, string id, CancellationToken cancellation)
    {
        try
        {
            await foreach (var batch in logs.WatchAsync(id).WithCancellation(cancellation))
            foreach (var line in batch)
                Read(source, Plain(line.Content));
        }
        catch (OperationCanceledException) { }
    }

    private void Read(Source source, string line)
    {
        // A .NET program says its level on the first line of what it logs, and goes on in lines that begin with blanks.
        if (!line.StartsWith(' '))
            source.IsWarning = Warning().IsMatch(line);
        // While everything ends at once, everybody complains of everybody.
        if (all || (source.IsWarning && !lifetime.ApplicationStopping.IsCancellationRequested))
            Say(source, line);
        else
            source.Keep(line);
    }

    private void Say(Source source, string line)
    {
        lock (console)
            Console.WriteLine($"{source.Name, -24} | {line}");
    }

    /// <summary>Under `dotnet run` nobody could stop us any more once that process has been killed.</summary>
    private async Task WatchDotnetRunAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            return;
        static int Parent() => int.Parse(File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[1]);
        var parent = Parent();
        var commandLine = File.Exists($"/proc/{parent}/cmdline")
            ? await File.ReadAllTextAsync($"/proc/{parent}/cmdline", cancellation)
            : "";
        if (commandLine.Split('\0') is not [var program, _, ..] || Path.GetFileName(program) != "dotnet")
            return;
        while (Parent() == parent)
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        lifetime.StopApplication();
    }

    /// <summary>A command that others wait for to end; everything else is meant to stay.</summary>
    private bool MayEnd(IResource resource) =>
        model
            .Resources.SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
            .Any(wait => wait.Resource == resource && wait.WaitType == WaitType.WaitForCompletion);

    private static string NameOf(IResource resource, string id) => resource.GetReplicaCount() == 1 ? resource.Name : id;

    private static string Plain(string line) => Decoration().Replace(line, "").TrimEnd();

    // What is put before or into a line that is not the program's own word: the time of day, colours.
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\S+ |\e\[[0-9;]*m")]
    private static partial Regex Decoration();

    [GeneratedRegex(
        @"^(warn|fail|crit): |\b(WARNING|FATAL|PANIC):|\[(warning|error|critical)\]|^Unhandled exception|in use by another|a daemon of the object storage ended"
    )]
    private static partial Regex Warning();

    private sealed class Source(string name, bool mayEnd)
    {
        private readonly Queue<string> last = new();

        public string Name { get; } = name;

        public string? State { get; set; }

        public bool IsRead { get; set; }

        public bool IsWarning { get; set; }

        public bool MayEnd { get; } = mayEnd;

        public IReadOnlyList<string> Last
        {
            get
            {
                lock (last)
                    return [.. last];
            }
        }

        public void Keep(string line)
        {
            lock (last)
            {
                last.Enqueue(line);
                if (last.Count > 20)
                    last.Dequeue();
            }
        }
    }
}

internal static class ConsoleReporting
{
    public static void AddConsoleReport(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return;
        builder.Services.AddHostedService<ConsoleReport>();
        // Aspire's own words about itself are for who develops Aspire; what does not start is said by the report.
        builder.Services.AddLogging(logging =>
            logging
                .AddFilter("Aspire.Hosting", LogLevel.Error)
                .AddFilter("Aspire.Hosting.Dashboard", LogLevel.Error)
                .AddFilter("Microsoft", LogLevel.Error)
                .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
        );
    }
}
