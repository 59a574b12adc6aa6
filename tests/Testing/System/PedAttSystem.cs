using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PedAtt.AppHost.Servers;

namespace PedAtt.Testing;

/// <summary>
/// The whole system, started by its AppHost as a user would, on ports of its own.
/// <code>
/// await using var system = await PedAttSystem.StartAsync(replicas: 2);     // alone; or ShareAsync(), with all
/// system.Gateway                                     // http://localhost:&lt;port&gt;/
/// system.MailPage                                    // GET email under it lists what was sent
/// var killed = await system.KillAsync("identity");   // kill -9 with all that it has started; or "identity-2"
/// await killed.RestartAsync();                       // by the AppHost, as it was
/// await system.HealthyAsync();
/// </code>
/// Everything is on disk, so that it outlives its own kill, and thrown away at the end. However the test ends, kill -9
/// included, the system ends with it: one alone at once, the shared one when nobody has used it for ten seconds.
/// </summary>
public sealed class PedAttSystem : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services =
    [
        "identity",
        "applications",
        "portfolio",
        "documents",
        "notifications",
        "gateway",
    ];

    /// <summary>A whole system takes all that a small machine has: of those that are alone, one at a time, to its
    /// process's end.</summary>
    private static readonly Lazy<Task<FileStream>> turn = new(() =>
        Task.Run(() =>
            FileLock.Wait(
                Path.Combine(Path.GetTempPath(), $"pedatt-system-{Environment.UserName}.lock"),
                TimeSpan.FromMinutes(60)
            )
        )
    );

    /// <summary>Where the test processes of this checkout find the system that they share.</summary>
    internal static string SharedHome { get; } =
        Directory
            .CreateDirectory(
                Path.Combine(
                    Path.GetTempPath(),
                    $"pedatt-tests-{Environment.UserName}",
                    $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TestServers.Root)))[..12]}-system"
                )
            )
            .FullName;

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string home; // removed at the end where it is ours alone
    private readonly bool isShared;
    private readonly FileStream inUse; // held until this process ends, or no longer uses it
    private State state = null!;

    private PedAttSystem(string home, bool isShared)
    {
        (this.home, this.isShared) = (home, isShared);
        inUse = FileLock.WaitShared(Path.Combine(home, "users.lock"), TimeSpan.FromMinutes(1));
    }

    public Uri Gateway { get; private set; } = null!;

    public Uri MailPage { get; private set; } = null!;

    /// <summary>The data folder, with demo-keys in it.</summary>
    public string Data { get; private set; } = "";

    /// <summary>From the AppHost's start to its summary.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Every line of everything that runs, with its resource's name in front.</summary>
    public IReadOnlyCollection<string> Log => Lines();

    /// <param name="replicas">Of each service.</param>
    /// <param name="data">A data folder to keep; the next start with it is a second start.</param>
    /// <param name="settings">Further environment variables for the AppHost, which its services inherit.</param>
    public static async Task<PedAttSystem> StartAsync(
        int replicas = 1,
        string? data = null,
        IReadOnlyDictionary<string, string>? settings = null
    )
    {
        await turn.Value;
        var system = new PedAttSystem(Directory.CreateTempSubdirectory("pedatt-system-").FullName, isShared: false);
        try
        {
            var clock = Stopwatch.StartNew();
            await system.StartProcessAsync(
                new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
                {
                    ["PEDATT_REPLICAS"] = $"{replicas}",
                    [data is null ? "PEDATT_EPHEMERAL" : "PEDATT_DATA"] = data ?? "true",
                },
                patience: 0
            );
            await system.ReadyAsync();
            system.StartedIn = clock.Elapsed;
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The system that all test processes of this checkout use side by side: started by the first, kept while
    /// one uses it.</summary>
    public static async Task<PedAttSystem> ShareAsync()
    {
        var home = SharedHome;
        // Who comes in while another starts it waits here.
        using var starting = await Task.Run(() =>
            FileLock.Wait(Path.Combine(home, "start.lock"), TimeSpan.FromMinutes(30))
        );
        var system = new PedAttSystem(home, isShared: true);
        if (!system.FindRunning())
        {
            foreach (var old in Directory.GetDirectories(home))
                Directory.Delete(old, recursive: true);
            await system.StartProcessAsync(new() { ["PEDATT_EPHEMERAL"] = "true" }, patience: 10);
        }
        await system.ReadyAsync();
        return system;
    }

    /// <summary>An empty folder for data that several starts share; who makes it deletes it.</summary>
    public static string NewDataFolder()
    {
        var folder = Directory.CreateTempSubdirectory("pedatt-data-").FullName;
        // The servers' own users must get through.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return folder;
    }

    /// <summary>Waits until the gateway says that every service is ready, two minutes at most.</summary>
    public async Task HealthyAsync()
    {
        for (var until = Stopwatch.GetTimestamp() + 120 * Stopwatch.Frequency; ; await Task.Delay(200))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Gateway, "health"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException) { }
            if (Stopwatch.GetTimestamp() > until)
                throw new TimeoutException(
                    $"Not healthy again after two minutes:\n{string.Join('\n', Lines().TakeLast(60))}"
                );
        }
    }

    /// <summary>
    /// Kills a resource by its name in the AppHost (identity, identity-2, postgres, rabbitmq, object-storage, clamd,
    /// mail) with all that it has started, as kill -9 does.
    /// </summary>
    public async Task<Killed> KillAsync(string resource)
    {
        var running = Find(resource) is { Process: > 0 } found
            ? found
            : throw new InvalidOperationException($"{resource} is not running.");
        await Processes.KillAsync(running.Process);
        return new(this, running.Id);
    }

    /// <summary>The processes of a resource; none when it is down. "apphost" is the AppHost itself.</summary>
    public IReadOnlyList<int> ProcessesOf(string resource) =>
        resource == "apphost" ? [state.Process]
        : Find(resource) is { Process: > 0 } found ? Processes.Tree(found.Process)
        : [];

    /// <summary>The memory of some resources in bytes, what is shared counted once (PSS).</summary>
    public long Memory(params IEnumerable<string> resources) => resources.SelectMany(ProcessesOf).Sum(Processes.Memory);

    /// <summary>kill -9 of the AppHost itself: everything else must end by itself.</summary>
    public async Task KillAppHostAsync()
    {
        await Processes.SignalAsync("KILL", state.Process);
        await EndedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await inUse.DisposeAsync();
        http.Dispose();
        if (isShared)
            return;
        if (state is not null && Processes.IsAlive(state.Process))
        {
            await Processes.SignalAsync("TERM", state.Process);
            await EndedAsync();
        }
        Directory.Delete(home, recursive: true);
    }

    private sealed record State(int Process, string Folder, string Boot);

    private sealed record Resource(string Name, string Id, int Process);

    private string StateFile => Path.Combine(home, "state.json");

    private bool FindRunning()
    {
        if (!File.Exists(StateFile))
            return false;
        state = JsonSerializer.Deserialize<State>(File.ReadAllText(StateFile))!;
        return state.Boot == Boot() && Processes.IsAlive(state.Process);
    }

    private async Task StartProcessAsync(Dictionary<string, string> settings, int patience)
    {
        // bin/<configuration>/<framework>
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(
            TestServers.Root,
            "AppHost",
            "bin",
            built.Parent!.Name,
            built.Name,
            "PedAtt.AppHost.dll"
        );
        var folder = Directory.CreateDirectory(Path.Combine(home, $"run-{Guid.NewGuid():N}"[..12])).FullName;
        var script = Path.Combine(TestServers.Root, "tests", "Testing", "test-system.sh");
        var start = new ProcessStartInfo("setsid", ["bash", script, LogOf(folder), program])
        {
            WorkingDirectory = TestServers.Root,
        };
        start.Environment["PEDATT_PORT"] = start.Environment["PEDATT_MAIL_PORT"] = "0";
        start.Environment["PEDATT_DASHBOARD"] = "false";
        start.Environment["PEDATT_CONSOLE"] = "all";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.Folder] = folder;
        start.Environment[StartupHook.Patience] = $"{patience}";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        state = new(process.Id, folder, Boot());
        await File.WriteAllTextAsync(StateFile, JsonSerializer.Serialize(state));
    }

    /// <summary>Reads from the AppHost's summary where everything is.</summary>
    private async Task ReadyAsync()
    {
        for (var until = Stopwatch.GetTimestamp() + 1200 * Stopwatch.Frequency; ; await Task.Delay(200))
        {
            var lines = Lines();
            if (lines.Any(line => line.StartsWith("  Stop  ", StringComparison.Ordinal)))
            {
                Gateway = new($"{Said(lines, "  PedAtt is ready: ")}/");
                MailPage = new($"{Said(lines, "  Mail  ")}/");
                Data = Said(lines, "  Data  ").Replace("(removed at the end)", "", StringComparison.Ordinal).Trim();
                return;
            }
            var ended = !Processes.IsAlive(state.Process);
            if (!ended && Stopwatch.GetTimestamp() <= until)
                continue;
            // All that it said goes where it can still be read: its own folder is thrown away.
            var results = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName;
            await File.WriteAllLinesAsync(Path.Combine(results, "did-not-come-up.log"), lines);
            throw new InvalidOperationException(
                $"The AppHost {(ended ? "ended" : "was not ready in time")}:\n{string.Join('\n', lines.TakeLast(100))}"
            );
        }
    }

    private static string Said(List<string> lines, string beginning) =>
        lines.First(line => line.StartsWith(beginning, StringComparison.Ordinal))[beginning.Length..].Trim();

    private List<string> Lines()
    {
        if (!File.Exists(LogOf(state.Folder)))
            return [];
        using var reader = new StreamReader(
            new FileStream(LogOf(state.Folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        );
        return [.. reader.ReadToEnd().Split('\n')];
    }

    private static string LogOf(string folder) => Path.Combine(folder, "log");

    private static string Boot() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private async Task EndedAsync()
    {
        for (
            var until = Stopwatch.GetTimestamp() + 90 * Stopwatch.Frequency;
            Processes.IsAlive(state.Process);
            await Task.Delay(50)
        )
            if (Stopwatch.GetTimestamp() > until)
                throw new TimeoutException("The AppHost did not end within 90 seconds.");
    }

    /// <summary>By its name, or as one of several replicas by name and number.</summary>
    private Resource? Find(string resource)
    {
        var all = Ask("list")
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToList();
        return all.Where(one => one[0] == resource || $"{one[0]}-{one[1]}" == resource)
            .Select(one => new Resource(one[0], one[2], int.Parse(one[3])))
            .FirstOrDefault();
    }

    /// <summary>One line to the hook in the AppHost, and its answer.</summary>
    private string Ask(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(state.Folder, "commands")));
        using var stream = new NetworkStream(socket);
        stream.Write(Encoding.UTF8.GetBytes($"{command}\n"));
        var answer = new StreamReader(stream).ReadToEnd().TrimEnd('\n');
        return answer.StartsWith("failed", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{command}: {answer}")
            : answer;
    }

    /// <summary>What was killed.</summary>
    public sealed class Killed
    {
        private readonly PedAttSystem system;
        private readonly string id;

        internal Killed(PedAttSystem system, string id) => (this.system, this.id) = (system, id);

        /// <summary>By the AppHost, as its dashboard would; over when the process runs.</summary>
        public Task RestartAsync() => Task.Run(() => system.Ask($"start {id}"));
    }
}
