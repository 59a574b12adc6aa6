using System.Collections.Concurrent;
using System.Diagnostics;
using PedAtt.AppHost.Servers;

namespace PedAtt.Testing;

/// <summary>
/// The whole system, started by its AppHost as a user would, on ports and data of its own.
/// <code>
/// await using var system = await PedAttSystem.StartAsync(replicas: 2, onDisk: true);
/// system.Gateway                                     // http://localhost:&lt;port&gt;/
/// system.MailPage                                    // GET email under it lists what was sent
/// var killed = await system.KillAsync("identity");   // kill -9 of the whole process group; "identity-2" is the second replica
/// killed.Restart();                                  // as it was: same command, environment, folder, port
/// await system.HealthyAsync();
/// </code>
/// The object storage is in memory and everything is thrown away, unless onDisk says that it must outlive its own kill.
/// However the test ends, kill -9 included, the system ends with it.
/// </summary>
public sealed class PedAttSystem : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["identity", "applications", "portfolio", "documents", "notifications", "gateway"];

    private static readonly string supervise = Path.Combine(TestServers.Root, "AppHost", "Hosting", "supervise.sh");

    /// <summary>A whole system takes all that a small machine has: of the test processes that need one, one at a time, to its end.</summary>
    private static readonly Lazy<Task<FileStream>> turn = new(() => Task.Run(() => FileLock.Wait(
        Path.Combine(Path.GetTempPath(), $"pedatt-system-{Environment.UserName}.lock"), TimeSpan.FromMinutes(60))));

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentQueue<string> log = new();
    private readonly ConcurrentDictionary<string, Process> restarted = new();
    private readonly PortBlock ports;
    private readonly string? folder;
    private Process appHost = null!;   // its supervisor, until started

    private PedAttSystem(PortBlock ports, string? folder)
    {
        this.ports = ports;
        this.folder = folder;
        Gateway = new($"http://localhost:{ports.First + 10}/");
        MailPage = new($"http://localhost:{ports.MailPage}/");
    }

    public Uri Gateway { get; }

    public Uri MailPage { get; }

    /// <summary>The data folder, with demo-keys in it.</summary>
    public string Data { get; private set; } = "";

    /// <summary>From the AppHost's start to its summary.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>Every line that the AppHost printed, with its resource's name in front.</summary>
    public IReadOnlyCollection<string> Log => log;

    /// <param name="replicas">Of each service.</param>
    /// <param name="onDisk">The object storage keeps its data over a kill.</param>
    /// <param name="data">A data folder to keep; the next start with it is a second start. Implies onDisk.</param>
    /// <param name="settings">Further environment variables for the AppHost, which its services inherit.</param>
    public static async Task<PedAttSystem> StartAsync(
        int replicas = 1, bool onDisk = false, string? data = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        await turn.Value;
        var folder = onDisk && data is null ? NewDataFolder() : null;
        var system = new PedAttSystem(PortBlock.Take(), folder);
        try
        {
            await system.Start(replicas, data ?? folder, settings);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty folder for data that several starts share; who makes it deletes it.</summary>
    public static string NewDataFolder()
    {
        var folder = Directory.CreateTempSubdirectory("pedatt-system-").FullName;
        // The servers' own users must get through.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        return folder;
    }

    /// <summary>Waits until the gateway says that every service is ready, a minute at most.</summary>
    public async Task HealthyAsync()
    {
        for (var until = Stopwatch.GetTimestamp() + 60 * Stopwatch.Frequency; ; await Task.Delay(200))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Gateway, "health"));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
            }
            if (Stopwatch.GetTimestamp() > until)
                throw new TimeoutException($"Not healthy again after a minute:\n{string.Join('\n', log.Where(line => line.Contains("(again)", StringComparison.Ordinal)))}\n{string.Join('\n', log.TakeLast(60))}");
        }
    }

    /// <summary>
    /// Kills a resource by its name in the AppHost (identity, identity-2, postgres, rabbitmq, object-storage, clamd, mail)
    /// with all that it has started, as kill -9 does.
    /// </summary>
    public async Task<Killed> KillAsync(string resource)
    {
        var command = Command(resource) ?? throw new InvalidOperationException($"{resource} is not running.");
        var arguments = File.ReadAllText($"/proc/{command}/cmdline").TrimEnd('\0').Split('\0');
        var environment = File.ReadAllText($"/proc/{command}/environ").TrimEnd('\0').Split('\0')
            .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        var directory = new FileInfo($"/proc/{command}/cwd").LinkTarget!;
        using (var kill = Process.Start("kill", ["-KILL", "--", $"-{command}"])) await kill.WaitForExitAsync();
        while (Group(command).Count > 0) await Task.Delay(20);
        return new(this, resource, arguments, environment, directory);
    }

    /// <summary>The processes of a resource; none when it is down. "apphost" is the AppHost itself.</summary>
    public IReadOnlyList<int> Processes(string resource) =>
        resource == "apphost" ? [AppHostProcess()] : Command(resource) is { } command ? Group(command) : [];

    /// <summary>The memory of some resources in bytes, what is shared counted once (PSS).</summary>
    public long Memory(params IEnumerable<string> resources) => resources.SelectMany(Processes).Sum(process =>
        File.ReadLines($"/proc/{process}/smaps_rollup").Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024));

    /// <summary>kill -9 of the AppHost itself: everything else must end by itself.</summary>
    public async Task KillAppHostAsync()
    {
        using (var killed = Process.GetProcessById(AppHostProcess())) killed.Kill();
        await appHost.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (appHost is not null)
        {
            foreach (var supervisor in restarted.Values) await End(supervisor);
            await End(appHost);
        }
        http.Dispose();
        ports.Release();
        if (folder is not null && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private async Task Start(int replicas, string? data, IReadOnlyDictionary<string, string>? settings)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));   // bin/<configuration>/<framework>
        var program = Path.Combine(TestServers.Root, "AppHost", "bin", built.Parent!.Name, built.Name, "PedAtt.AppHost.dll");
        var start = new ProcessStartInfo("bash", [supervise, "apphost", "60", "dotnet", program]) { WorkingDirectory = TestServers.Root };
        start.Environment["PEDATT_PORT"] = $"{Gateway.Port}";
        start.Environment["PEDATT_MAIL_PORT"] = $"{MailPage.Port}";
        start.Environment["PEDATT_REPLICAS"] = $"{replicas}";
        start.Environment["PEDATT_DASHBOARD"] = "false";
        start.Environment[data is null ? "PEDATT_EPHEMERAL" : "PEDATT_DATA"] = data ?? "true";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;

        var ready = new TaskCompletionSource();
        var clock = Stopwatch.StartNew();
        appHost = Supervised(start, line =>
        {
            if (line.TrimStart() is var text && text.StartsWith("Data  ", StringComparison.Ordinal))
                Data = text["Data  ".Length..].Replace("(removed at the end)", "", StringComparison.Ordinal).Trim();
            if (line.TrimStart().StartsWith("Stop  ", StringComparison.Ordinal)) ready.TrySetResult();
        });
        if (await Task.WhenAny(ready.Task, appHost.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(10))) != ready.Task)
            throw new InvalidOperationException($"The AppHost did not come up:\n{string.Join('\n', log.TakeLast(100))}");
        StartedIn = clock.Elapsed;
    }

    private Process Supervised(ProcessStartInfo start, Action<string>? read = null, string? name = null)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = new Process { StartInfo = start };
        void Keep(object sender, DataReceivedEventArgs received)
        {
            if (received.Data is not { } line) return;
            log.Enqueue(name is null ? line : $"{name,-24} | {line}");
            read?.Invoke(line);
        }
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task End(Process supervisor)
    {
        if (!supervisor.HasExited)
        {
            try
            {
                await supervisor.StandardInput.WriteLineAsync("stop");
                await supervisor.StandardInput.FlushAsync();
            }
            catch (IOException)
            {
                // Ended in between.
            }
        }
        await supervisor.WaitForExitAsync();
        supervisor.Dispose();
    }

    // The AppHost and every resource is the one child of its supervisor that is not the supervisor's own shell.
    private static int? Supervisee(int supervisor) => Children(supervisor)
        .Where(child => !CommandLine(child).Contains("supervise.sh", StringComparison.Ordinal)).Select(child => (int?)child).FirstOrDefault();

    private int AppHostProcess() => Supervisee(appHost.Id) ?? throw new InvalidOperationException("The AppHost is not running.");

    private int? Command(string resource)
    {
        if (restarted.TryGetValue(resource, out var ours)) return ours.HasExited ? null : Supervisee(ours.Id);
        foreach (var supervisor in Children(AppHostProcess()))
            if (CommandLine(supervisor).Split('\0') is [_, var script, var name, ..] && script.EndsWith("supervise.sh", StringComparison.Ordinal) && name == resource)
                return Supervisee(supervisor);
        return null;
    }

    private static List<int> Children(int parent) => [.. Stats().Where(process => process.Parent == parent).Select(process => process.Id)];

    private static List<int> Group(int group) => [.. Stats().Where(process => process.Group == group).Select(process => process.Id)];

    private static IEnumerable<(int Id, int Parent, int Group)> Stats()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            string[] fields;
            try
            {
                fields = File.ReadAllText($"{folder}/stat").Split(") ")[^1].Split(' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (fields[0] is not ("Z" or "X")) yield return (id, int.Parse(fields[1]), int.Parse(fields[2]));
        }
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>What was killed, and how it ran.</summary>
    public sealed class Killed
    {
        private readonly PedAttSystem system;
        private readonly string resource, directory;
        private readonly string[] arguments;
        private readonly Dictionary<string, string> environment;

        internal Killed(PedAttSystem system, string resource, string[] arguments, Dictionary<string, string> environment, string directory) =>
            (this.system, this.resource, this.arguments, this.environment, this.directory) = (system, resource, arguments, environment, directory);

        public void Restart()
        {
            var start = new ProcessStartInfo("bash", [supervise, resource, "30", .. arguments]) { WorkingDirectory = directory };
            start.Environment.Clear();
            foreach (var (name, value) in environment) start.Environment[name] = value;
            system.restarted[resource] = system.Supervised(start, name: $"{resource} (again)");
        }
    }
}
