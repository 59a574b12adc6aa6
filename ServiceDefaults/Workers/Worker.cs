namespace PedAtt.ServiceDefaults.Workers;

/// <summary>
/// Work that a service does by itself, round after round. A round that fails is logged by the kind of its failure alone
/// (its text may hold personal data) and tried again; several replicas may work side by side, so a round takes its rows
/// with skip locked or does what may be done twice.
/// </summary>
public abstract partial class Worker(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    /// <summary>One round.</summary>
    /// <returns>Whether there may be more to do at once; false: come again after the pause.</returns>
    protected abstract Task<bool> RoundAsync(CancellationToken ct);

    /// <summary>Between a round that found nothing, or failed, and the next.</summary>
    protected virtual Task PauseAsync(CancellationToken ct) => Task.Delay(every, Clock, ct);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkAsync(stoppingToken);

    protected async Task WorkAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                while (await RoundAsync(ct)) { }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                LogFailed(GetType().Name, e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await PauseAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Worker} failed: {Failure}. It is tried again.")]
    private partial void LogFailed(string worker, string failure);
}
