using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Files;

/// <summary>Scans what came in while the scanner was away. Several replicas share the files by locking the one they scan.</summary>
public sealed partial class PendingScans(
    IServiceScopeFactory scopes, ObjectStore store, Scanner scanner, TimeProvider clock, ILogger<PendingScans> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                for (Guid? last = Guid.Empty; last is not null;)
                    last = await ScanNextAsync(last.Value, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Scans the first waiting file after the given one.</summary>
    /// <returns>Which it was, or null: none is left, or the scanner gives no answer.</returns>
    public async Task<Guid?> ScanNextAsync(Guid after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A file whose upload is still running holds no object yet; it is attached when that is done.
        var file = await db.Files.FromSql($"""
            select * from files f where f.scan = 'pending' and f.id > {after}
                and (f.unreferenced_since is null or exists (select 1 from snapshots s where s.file_ids @> array[f.id]))
            order by f.id limit 1 for update skip locked
            """).SingleOrDefaultAsync(ct);
        if (file is null)
            return null;
        using var stored = await store.OpenAsync(file.Id, ct);
        if (stored is null)
            return file.Id;
        file.Scan = await scanner.ScanAsync(stored.Content, Limit, ct);
        if (file.Scan == ScanState.Pending)
            return null;
        if (file.Scan == ScanState.Infected)
            await TellAsync(db, file, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return file.Id;
    }

    private async Task TellAsync(PortfolioDb db, PortfolioFile file, CancellationToken ct)
    {
        var block = await db.Entries.Where(entry => entry.FileIds.Contains(file.Id)).Select(entry => entry.Block).FirstOrDefaultAsync(ct);
        if (block is null)
            return;
        var version = await db.RaiseVersionAsync(file.ApplicationId, changedBlock: null, ct);
        db.Publish(new FileFoundInfected(file.ApplicationId, version, file.Id, block, clock.Now()));
    }

    [LoggerMessage(LogLevel.Warning, "Waiting files could not be scanned: {Failure}; it is tried again")]
    private partial void LogFailed(string failure);
}
