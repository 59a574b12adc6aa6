using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using PedAtt.Testing;

namespace PedAtt.Gateway.Tests;

/// <summary>
/// The gateway as a process of its own, as it runs in earnest, on a database of its own or on another's.
/// </summary>
public sealed class RunningGateway : IAsyncDisposable
{
    private static readonly string[] Services =
    [
        "identity",
        "applications",
        "portfolio",
        "documents",
        "notifications",
        "web",
    ];
    private static readonly Lazy<Task<string>> shared = new(MigratedDatabaseAsync);
    private readonly Process process;
    private bool isStopped;

    private RunningGateway(Process process, Uri address, string database)
    {
        this.process = process;
        Database = database;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = address,
        };
    }

    public HttpClient Http { get; }

    public string Database { get; }

    public ConcurrentQueue<string> Log { get; } = [];

    public int ProcessId => process.Id;

    public static Dictionary<string, string> Behind(params IEnumerable<string> addresses) =>
        Services
            .SelectMany(service => addresses.Select((address, i) => (Key: $"services__{service}__http__{i}", address)))
            .ToDictionary(pair => pair.Key, pair => pair.address);

    public static Task<RunningGateway> StartAsync(Upstream upstream, params (string Key, string Value)[] settings) =>
        StartAsync(Behind(upstream.Address), null, settings);

    public static async Task<RunningGateway> StartAsync(
        Dictionary<string, string> services,
        string? database = null,
        params (string Key, string Value)[] settings
    )
    {
        var environment = new Dictionary<string, string>(services)
        {
            ["Internal__Key"] = Convert.ToBase64String(new byte[32]),
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
        };
        foreach (var (key, value) in settings)
            environment[key] = value;
        environment["ConnectionStrings__gateway"] = database ??= await shared.Value;
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        environment["ASPNETCORE_URLS"] = address.ToString();
        var process = Start(environment);
        var gateway = new RunningGateway(process, address, database);
        process.OutputDataReceived += (_, line) => gateway.Log.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        for (var i = 0; ; i++)
        {
            try
            {
                using var answer = await gateway.Http.GetAsync("/health/live");
                if (answer.IsSuccessStatusCode)
                    return gateway;
            }
            catch (HttpRequestException) when (i < 300)
            {
                Assert.False(process.HasExited, string.Join('\n', gateway.Log));
            }
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (isStopped)
            return;
        isStopped = true;
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Migrated once: sessions of different gateways do not meet, their cookies are random.</summary>
    private static async Task<string> MigratedDatabaseAsync()
    {
        var database = await (await TestServers.StartAsync()).PostgresAsync("gateway");
        using var migration = Start(
            new()
            {
                ["ConnectionStrings__gateway"] = database,
                ["Internal__Key"] = Convert.ToBase64String(new byte[32]),
            },
            "--migrate"
        );
        await migration.WaitForExitAsync();
        Assert.Equal(0, migration.ExitCode);
        return database;
    }

    private static Process Start(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(AccessLog).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        return Process.Start(start)!;
    }
}
