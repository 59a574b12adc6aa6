using PedAtt.Testing;

namespace PedAtt.SystemTests.World;

/// <summary>The one running system of this assembly. Whoever kills parts of it starts a <see cref="CrashableSystem"/> instead.</summary>
public class SharedSystem : IAsyncLifetime
{
    public const string DemoPassword = "Demo-2026-pedatt";

    private readonly Lazy<Task<Town>> town;
    private PedAttSystem running = null!;

    public SharedSystem() => town = new(() => Town.FoundAsync(this));

    public virtual Uri Gateway => running.Gateway;

    public virtual string DemoKeys => Path.Combine(running.Data, "demo-keys");

    public virtual MailSink Mail => new(running.MailPage);

    /// <summary>For tests whose people need nothing of their own but a teacher.</summary>
    public Task<Town> TownAsync() => town.Value;

    /// <summary>Everything that every part has written so far.</summary>
    public string Logs() => string.Join('\n', running.Log);

    public IReadOnlyList<(string Name, int Id)> Processes() =>
    [
        .. PedAttSystem.Services.Concat(["apphost", "postgres", "rabbitmq", "object-storage", "clamd", "mail"])
            .SelectMany(name => running.Processes(name).Select(id => (name, id))),
    ];

    /// <summary>What the system said while it was tested, beside the tests' results.</summary>
    protected static void Keep(PedAttSystem system, string name) =>
        File.WriteAllLines(Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName, name), system.Log);

    public async ValueTask InitializeAsync() => running = await PedAttSystem.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Keep(running, "system.log");
        await running.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A system whose every part may be killed: all of it on disk.</summary>
public sealed class CrashableSystem : SharedSystem, IAsyncDisposable
{
    private readonly PedAttSystem running;
    private readonly int replicas;

    private CrashableSystem(PedAttSystem running, int replicas) => (this.running, this.replicas) = (running, replicas);

    public override Uri Gateway => running.Gateway;

    public override string DemoKeys => Path.Combine(running.Data, "demo-keys");

    public override MailSink Mail => new(running.MailPage);

    public static async Task<CrashableSystem> StartAsync(int replicas) =>
        new(await PedAttSystem.StartAsync(replicas, onDisk: true), replicas);

    /// <summary>kill -9 of one process group: a server, or one of a service's replicas.</summary>
    public Task<PedAttSystem.Killed> KillAsync(string part)
    {
        var replicated = replicas > 1 && PedAttSystem.Services.Contains(part) && part != "gateway";
        return running.KillAsync(replicated ? $"{part}-{Random.Shared.Next(replicas) + 1}" : part);
    }

    public async Task RestartAsync(PedAttSystem.Killed killed)
    {
        killed.Restart();
        await running.HealthyAsync();
    }

    public new async ValueTask DisposeAsync()
    {
        Keep(running, $"crashes-{replicas}.log");
        await running.DisposeAsync();
    }
}
