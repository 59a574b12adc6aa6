#pragma warning disable CA1050   // the runtime looks for this name outside of any namespace

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PedAtt.AppHost.Servers;

/// <summary>
/// What the tests put into the AppHost that they start (DOTNET_STARTUP_HOOKS), so that it is the very program that
/// users start: it ends when no test process uses it any more, however that ended, and starts again what a test has
/// killed.
/// </summary>
internal static class StartupHook
{
    /// <summary>The folder of this run, with the socket <c>commands</c>; beside it <c>users.lock</c> and
    /// <c>state.json</c>.</summary>
    public const string Folder = "PEDATT_TEST_SYSTEM";

    /// <summary>Seconds without a user after which it ends.</summary>
    public const string Patience = "PEDATT_TEST_PATIENCE";

    private static readonly ConcurrentDictionary<string, ResourceEvent> states = new();

    public static void Initialize()
    {
        // The services are not to be hooked.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        DiagnosticListener.AllListeners.Subscribe(
            new Observer<DiagnosticListener>(listener =>
            {
                if (listener.Name != "Microsoft.Extensions.Hosting")
                    return;
                listener.Subscribe(
                    new Observer<KeyValuePair<string, object?>>(@event =>
                    {
                        if (@event is { Key: "HostBuilt", Value: IHost host })
                            Built(host.Services);
                    })
                );
            })
        );
    }

    private static void Built(IServiceProvider services)
    {
        var folder = Environment.GetEnvironmentVariable(Folder)!;
        var patience = int.Parse(Environment.GetEnvironmentVariable(Patience)!);
        new Thread(() => EndWhenUnused(services, Path.GetDirectoryName(folder)!, patience))
        {
            IsBackground = true,
        }.Start();
        _ = Task.Run(() => WatchAsync(services));
        _ = Task.Run(() => TakeCommandsAsync(services, Path.Combine(folder, "commands")));
    }

    private static void EndWhenUnused(IServiceProvider services, string home, int patience)
    {
        for (var idle = 0; idle <= patience; Thread.Sleep(1000))
        {
            using var unused = FileLock.Try(Path.Combine(home, "users.lock"));
            idle = unused is null ? 0 : idle + 1;
            if (idle <= patience)
                continue;
            // Nobody may come in while we go: a newcomer finds no state and starts a system of its own.
            File.Delete(Path.Combine(home, "state.json"));
        }
        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Thread.Sleep(TimeSpan.FromSeconds(60));
        Environment.FailFast("It did not stop within a minute.");
    }

    private static async Task WatchAsync(IServiceProvider services)
    {
        await foreach (var change in services.GetRequiredService<ResourceNotificationService>().WatchAsync())
            states[change.ResourceId] = change;
    }

    private static async Task TakeCommandsAsync(IServiceProvider services, string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        while (true)
        {
            var client = await socket.AcceptAsync();
            _ = Task.Run(async () =>
            {
                await using var stream = new NetworkStream(client, ownsSocket: true);
                using var reader = new StreamReader(stream);
                await using var writer = new StreamWriter(stream);
                try
                {
                    await writer.WriteLineAsync(await AnswerAsync(services, await reader.ReadLineAsync() ?? ""));
                }
                catch (Exception failed)
                {
                    await writer.WriteLineAsync($"failed: {failed}");
                }
            });
        }
    }

    /// <summary><c>list</c> names each resource with its process, 0 where it does not run; <c>start ID</c> starts one
    /// that has ended.</summary>
    private static async Task<string> AnswerAsync(IServiceProvider services, string command)
    {
        switch (command.Split(' '))
        {
            case ["list"]:
                return string.Join(
                    ';',
                    states
                        .Values.GroupBy(state => state.Resource.Name)
                        .SelectMany(replicas =>
                            replicas
                                .OrderBy(replica => replica.ResourceId, StringComparer.Ordinal)
                                .Index()
                                .Select(replica =>
                                    $"{replicas.Key} {replica.Index + 1} {replica.Item.ResourceId} {Process(replica.Item.Snapshot)}"
                                )
                        )
                );
            case ["start", var id]:
                await Until(id, state => KnownResourceStates.TerminalStates.Contains(state));
                var started = await services
                    .GetRequiredService<ResourceCommandService>()
                    .ExecuteCommandAsync(id, KnownResourceCommands.StartCommand);
                if (!started.Success)
                    return $"failed: {started.Message}";
                await Until(id, state => state == KnownResourceStates.Running);
                return "started";
            default:
                return $"failed: what is {command}?";
        }

        async Task Until(string id, Func<string?, bool> holds)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await foreach (
                var change in services.GetRequiredService<ResourceNotificationService>().WatchAsync(patience.Token)
            )
                if (change.ResourceId == id && holds(change.Snapshot.State?.Text))
                    return;
        }

        static object Process(CustomResourceSnapshot now) =>
            now.State?.Text == KnownResourceStates.Running
                ? now.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value ?? 0
                : 0;
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void OnNext(T value) => next(value);
    }
}
