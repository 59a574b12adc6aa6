using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;

namespace PedAtt.Documents.Signing;

/// <summary>
/// Scans what came in while the scanner was away, and sweeps uploads of a day ago that no signature names. Several replicas
/// share the work by locking the row at hand.
/// </summary>
public sealed partial class ScanWatch(
    IServiceScopeFactory scopes, ObjectStore store, Scanner scanner, TimeProvider clock, ILogger<ScanWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                for (Guid? last = Guid.Empty; last is not null;)
                    last = await ScanNextAsync(last.Value, stoppingToken);
                while (await SweepOneAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Which it was, or null: none is left, or the scanner gives no answer.</returns>
    public async Task<Guid?> ScanNextAsync(Guid after, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var scan = await db.Signatures.FromSql(
            $"select * from signatures where scan_state = 'pending' and id > {after} order by id limit 1 for update skip locked")
            .SingleOrDefaultAsync(ct);
        if (scan is null)
            return null;
        using var stored = await store.OpenAsync(scan.ScanId!.Value, ct);
        if (stored is null)
            return scan.Id;
        scan.ScanState = await scanner.ScanAsync(stored.Content, Limit, ct);
        if (scan.ScanState == ScanState.Pending)
            return null;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return scan.Id;
    }

    public async Task<bool> SweepOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = clock.Now() - KeptFor;
        var upload = await db.ScanUploads.FromSql(
            $"select * from scan_uploads where at < {before} order by at limit 1 for update skip locked").SingleOrDefaultAsync(ct);
        if (upload is null)
            return false;
        // What a signature names stays for good, replaced or not: only the note of its upload is done with.
        if (!await db.Signatures.AnyAsync(one => one.ScanId == upload.Id, ct))
            await store.DeleteAsync(upload.Id, ct);
        db.ScanUploads.Remove(upload);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Scans could not be looked after: {Failure}; it is tried again")]
    private partial void LogFailed(string failure);
}
