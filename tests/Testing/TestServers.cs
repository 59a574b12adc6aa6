using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using PedAtt.AppHost.Servers;

namespace PedAtt.Testing;

/// <summary>The S3 server for one suite: its buckets begin with a prefix of their own.</summary>
public sealed record TestStorage(string ConnectionString, string BucketPrefix);

/// <summary>
/// The real servers of a test run, shared by all its processes: PostgreSQL, RabbitMQ, S3 in memory, clamd, a mail sink.
/// <code>
/// var servers = await TestServers.StartAsync();                       // at once when they run already
/// var database = await servers.PostgresAsync("applications");         // a fresh, empty database of its own
/// var broker   = await servers.RabbitAsync("applications");           // amqp:// of a virtual host of its own
/// var storage  = servers.Storage("portfolio");                        // connection string and bucket prefix
/// servers.Clamd, servers.Smtp                                         // tcp://… and smtp://…
/// await servers.MailAsync("somebody@example.kz", expected: 2)         // what arrived for this address, as JSON
/// </code>
/// The first process that asks installs what the machine lacks and starts them; they end ten seconds after the last
/// test process, however that ended. Nothing that one suite makes is seen by another: give each its own addresses for
/// mail.
/// </summary>
public sealed class TestServers
{
    private static readonly Lazy<Task<TestServers>> started = new(() => Task.Run(Start));
    private static readonly HttpClient http = new();

    private readonly int port;
    private readonly FileStream inUse; // held until this process ends: the servers stay for as long

    private TestServers(int port, FileStream inUse) => (this.port, this.inUse) = (port, inUse);

    public static Task<TestServers> StartAsync() => started.Value;

    /// <summary>The folder of PedAtt.sln.</summary>
    public static string Root { get; } = FindRoot();

    public string Clamd => $"tcp://127.0.0.1:{port + 5}";

    public string Smtp => $"smtp://127.0.0.1:{port + 6}";

    /// <summary>The mail sink's page; GET email under it lists what arrived.</summary>
    public Uri MailPage => new($"http://127.0.0.1:{port + 7}/");

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> PostgresAsync(string suite)
    {
        var name = Unique(suite).Replace('-', '_');
        await using var server = new NpgsqlConnection(Database("postgres"));
        await server.OpenAsync();
        await using var create = new NpgsqlCommand($"create database \"{name}\"", server);
        await create.ExecuteNonQueryAsync();
        return Database(name);
    }

    /// <summary>The amqp address of a new, empty virtual host.</summary>
    public async Task<string> RabbitAsync(string suite)
    {
        var name = Unique(suite);
        // The user who makes a virtual host has every right in it.
        await Management(HttpMethod.Put, $"vhosts/{name}");
        return $"amqp://test:test@127.0.0.1:{port + 1}/{name}";
    }

    /// <summary>Asks RabbitMQ's management API, for example <c>queues/&lt;virtual host&gt;</c>.</summary>
    public Task<JsonElement> RabbitAsync(HttpMethod method, string path) => Management(method, path);

    public TestStorage Storage(string suite) =>
        new($"Endpoint=http://127.0.0.1:{port + 55};AccessKey=test;SecretKey=test-secret", Unique(suite));

    /// <summary>
    /// What arrived for an address, oldest first (maildev's JSON: subject, text, html, headers, …). Waits until there
    /// are as many as expected, half a minute at most, and returns what is there then.
    /// </summary>
    public async Task<IReadOnlyList<JsonElement>> MailAsync(string address, int expected = 1)
    {
        for (var until = Stopwatch.GetTimestamp() + 30 * Stopwatch.Frequency; ; await Task.Delay(100))
        {
            var all = await http.GetFromJsonAsync<List<JsonElement>>(new Uri(MailPage, "email")) ?? [];
            var arrived = all.Where(mail =>
                    mail.GetProperty("to")
                        .EnumerateArray()
                        .Any(to =>
                            string.Equals(
                                to.GetProperty("address").GetString(),
                                address,
                                StringComparison.OrdinalIgnoreCase
                            )
                        )
                )
                .ToList();
            if (arrived.Count >= expected || Stopwatch.GetTimestamp() > until)
                return arrived;
        }
    }

    private string Database(string name) =>
        $"Host=127.0.0.1;Port={port};Database={name};Username=test;Password=test;Maximum Pool Size=20";

    private static string Unique(string suite) =>
        $"{suite}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5))}";

    private async Task<JsonElement> Management(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{port + 4}/api/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("test:test"u8));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsStringAsync();
        return body is "" ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }

    private sealed record State(int Port, int Group, string Boot);

    private static async Task<TestServers> Start()
    {
        var checkout = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..12];
        var home = Directory
            .CreateDirectory(Path.Combine(Path.GetTempPath(), $"pedatt-tests-{Environment.UserName}", checkout))
            .FullName;
        var stateFile = Path.Combine(home, "state.json");

        // Provisioning a new machine takes minutes, and the others wait for it.
        using var turn = FileLock.Wait(Path.Combine(home, "start.lock"), TimeSpan.FromMinutes(30));
        var inUse = FileLock.WaitShared(Path.Combine(home, "users.lock"), TimeSpan.FromMinutes(1));
        var boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id")).Trim();

        var state = File.Exists(stateFile)
            ? JsonSerializer.Deserialize<State>(await File.ReadAllTextAsync(stateFile))
            : null;
        if (
            state is not null
            && state.Boot == boot
            && Directory.Exists($"/proc/{state.Group}")
            && await Answers(state.Port, seconds: 30)
        )
            return new(state.Port, inUse);
        if (state is not null && state.Boot == boot)
            Shell($"kill -KILL -- -{state.Group} 2>/dev/null; true");
        File.Delete(stateFile);
        foreach (var old in Directory.GetDirectories(home))
            Shell($"rm -rf '{old}'");

        Provisioning.EnsurePackages(Console.Error.WriteLine);
        var maildev = Provisioning.EnsureNpm(Provisioning.Maildev, "the mail sink", Console.Error.WriteLine);
        var ports = PortBlock.Take();
        var run = Path.Combine(home, $"run-{ports.First}");
        var scripts = Path.Combine(Root, "AppHost", "Servers");
        var script = Path.Combine(Root, "tests", "Testing", "test-servers.sh");
        var group = int.Parse(
            Shell(
                $"setsid bash '{script}' '{home}' '{run}' {ports.First} '{scripts}' '{maildev}' </dev/null >'{home}/log' 2>&1 & echo $!"
            )
        );
        await File.WriteAllTextAsync(stateFile, JsonSerializer.Serialize(new State(ports.First, group, boot)));
        if (!await Answers(ports.First, seconds: 120))
            throw new ProvisioningException(
                $"The test servers did not start:\n{await File.ReadAllTextAsync($"{home}/log")}"
            );
        ports.Release(); // what listens there now keeps the block from others
        return new(ports.First, inUse);
    }

    private static async Task<bool> Answers(int port, int seconds)
    {
        var servers = new TestServers(port, null!);
        for (
            var until = Stopwatch.GetTimestamp() + seconds * Stopwatch.Frequency;
            Stopwatch.GetTimestamp() < until;
            await Task.Delay(100)
        )
        {
            try
            {
                await using (var database = new NpgsqlConnection(servers.Database("postgres")))
                    await database.OpenAsync();
                await servers.Management(HttpMethod.Get, "vhosts");
                using var storage = await http.GetAsync(new Uri($"http://127.0.0.1:{port + 55}/"));
                storage.EnsureSuccessStatusCode();
                using var mail = await http.GetAsync(new Uri(servers.MailPage, "email"));
                mail.EnsureSuccessStatusCode();
                foreach (var other in new[] { port + 1, port + 5, port + 6 })
                {
                    using var socket = new TcpClient();
                    await socket.ConnectAsync(IPAddress.Loopback, other);
                }
                return true;
            }
            catch (Exception notYet)
                when (notYet is NpgsqlException or HttpRequestException or SocketException or IOException) { }
        }
        return false;
    }

    private static string Shell(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true }
        )!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output.Trim();
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PedAtt.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The tests run from a checkout: no folder above has PedAtt.sln.");
    }
}
