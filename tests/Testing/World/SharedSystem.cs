namespace PedAtt.Testing.World;

/// <summary>
/// The one running system of a test run: the test processes use it side by side. Whoever kills a part of it has it for
/// himself meanwhile (<see cref="KillsPartsAttribute"/>).
/// </summary>
public class SharedSystem : IAsyncLifetime
{
    public const string DemoPassword = "Demo-2026-pedatt";

    private readonly Lazy<Task<Town>> town;

    public SharedSystem() => town = new(() => Town.FoundAsync(this));

    public Uri Gateway => Running.Gateway;

    public string DemoKeys => Path.Combine(Running.Data, "demo-keys");

    public MailSink Mail => new(Running.MailPage);

    protected PedAttSystem Running { get; private set; } = null!;

    protected virtual string LogName => "system.log";

    protected virtual int Replicas => 1;

    /// <summary>For tests whose people need nothing of their own but a teacher.</summary>
    public Task<Town> TownAsync() => town.Value;

    /// <summary>Everything that every part has written so far.</summary>
    public string Logs() => string.Join('\n', Running.Log);

    public IReadOnlyList<(string Name, int Id)> Processes() =>
        [
            .. PedAttSystem
                .Services.Concat(["apphost", "postgres", "rabbitmq", "object-storage", "clamd", "mail"])
                .SelectMany(name => Running.ProcessesOf(name).Select(id => (name, id))),
        ];

    /// <summary>kill -9 of a server, or of one of a service's replicas, with all that it has started.</summary>
    public Task<PedAttSystem.Killed> KillAsync(string part)
    {
        var replicated = Replicas > 1 && PedAttSystem.Services.Contains(part) && part != "gateway";
        return Running.KillAsync(replicated ? $"{part}-{Random.Shared.Next(Replicas) + 1}" : part);
    }

    public async Task RestartAsync(PedAttSystem.Killed killed)
    {
        await killed.RestartAsync();
        await Running.HealthyAsync();
    }

    public virtual async ValueTask InitializeAsync() => Running = await StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        // What did not come up has been ended already, and has said why.
        if (Running is null)
            return;
        // What the system said while it was tested, beside the tests' results.
        var results = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName;
        await File.WriteAllLinesAsync(Path.Combine(results, LogName), Running.Log);
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<PedAttSystem> StartAsync() => PedAttSystem.ShareAsync();
}

/// <summary>A system of its own, with two replicas of each service.</summary>
public sealed class ReplicatedSystem : SharedSystem
{
    protected override int Replicas => 2;

    protected override string LogName => "replicas.log";

    protected override Task<PedAttSystem> StartAsync() => PedAttSystem.StartAsync(Replicas);
}
