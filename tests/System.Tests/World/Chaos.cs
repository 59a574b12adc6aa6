namespace PedAtt.SystemTests.World;

/// <summary>Kills one part of the system after another with kill -9, and starts it again a moment later.</summary>
public sealed class Chaos(SharedSystem system)
{
    public static readonly IReadOnlyList<string> Services =
    [
        "applications",
        "portfolio",
        "documents",
        "identity",
        "notifications",
        "gateway",
    ];

    public static readonly IReadOnlyList<string> Servers = ["postgres", "rabbitmq", "object-storage"];

    private readonly TaskCompletionSource everythingDiedOnce = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Each part has been killed and is back.</summary>
    public bool IsDone => everythingDiedOnce.Task.IsCompleted;

    public List<string> Killed { get; } = [];

    /// <summary>Until cancelled, each part at least once.</summary>
    public async Task RageAsync(CancellationToken until)
    {
        try
        {
            while (true)
            {
                var parts = Services.Concat(Servers).ToArray();
                Random.Shared.Shuffle(parts);
                foreach (var part in parts)
                {
                    await KillAndRestartAsync(part);
                    await Task.Delay(Random.Shared.Next(500, 2000), CancellationToken.None);
                    if (IsDone && until.IsCancellationRequested)
                        return;
                }
                everythingDiedOnce.TrySetResult();
                if (until.IsCancellationRequested)
                    return;
            }
        }
        catch (Exception failed)
        {
            // Who waits for the end of the raging must not wait for ever.
            everythingDiedOnce.TrySetException(failed);
            throw;
        }
    }

    public async Task KillAndRestartAsync(string part)
    {
        var killed = await system.KillAsync(part);
        Killed.Add(part);
        await Task.Delay(Random.Shared.Next(200, 1500));
        await system.RestartAsync(killed);
    }
}
