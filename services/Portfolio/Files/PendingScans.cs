using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Files;

/// <summary>
/// Scans what came in while the scanner was away. A worker takes a file by putting off when it is due again, and holds
/// nothing while it is scanned: several replicas share the files, one that takes long keeps nobody waiting, and one
/// that ends its scanner is left alone in the end.
/// </summary>
public sealed class PendingScans(
    IServiceScopeFactory scopes,
    ObjectStore store,
    Scanner scanner,
    TimeProvider clock,
    ILogger<PendingScans> log
) : Worker(TimeSpan.FromSeconds(10), clock, log)
{
    private const int AtOnce = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(stoppingToken)));

    protected override async Task<bool> RoundAsync(CancellationToken ct) => await ScanNextAsync(ct);

    /// <summary>Scans the file that has been due for longest.</summary>
    /// <returns>Whether there may be another: false where none is due, or where there is no scanner.</returns>
    public async Task<bool> ScanNextAsync(CancellationToken ct)
    {
        if (await TakeAsync(ct) is not { } file)
            return false;
        var answer = ScanAnswer.NoScanner;
        try
        {
            using var stored = await store.OpenAsync(file.Id, ct);
            answer = stored is null ? ScanAnswer.NoVerdict : await scanner.JudgeAsync(stored.Content, Limit, ct);
        }
        finally
        {
            await KeepAsync(file, answer);
        }
        return answer is not ScanAnswer.NoScanner;
    }

    /// <summary>Whoever dies over it leaves an attempt behind, and the file to others once the lease has run
    /// out.</summary>
    private async Task<PortfolioFile?> TakeAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        var now = Clock.Now();
        var until = now + ScanAttempts.Lease;
        // A file whose upload is still running holds no object yet; it is attached when that is done.
        var taken = await db
            .Files.FromSql(
                $"""
                update files set scan_after = {until}, scan_attempts = scan_attempts + 1 where id = (
                    select f.id from files f where f.scan = 'pending' and (f.scan_after is null or f.scan_after <= {now})
                        and (f.unreferenced_since is null or exists (select 1 from snapshots s where s.file_ids @> array[f.id]))
                    order by f.scan_after nulls first, f.id limit 1 for update skip locked)
                returning *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        return taken.SingleOrDefault();
    }

    private async Task KeepAsync(PortfolioFile taken, ScanAnswer answer)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        await db.InTransactionAsync(
            async () =>
            {
                // Another may have it by now, if this took longer than the lease.
                var file = await db.Files.SingleOrDefaultAsync(
                    row =>
                        row.Id == taken.Id && row.Scan == ScanState.Pending && row.ScanAttempts == taken.ScanAttempts,
                    CancellationToken.None
                );
                if (file is null)
                    return;
                switch (answer)
                {
                    case ScanAnswer.NoScanner:
                        file.ScanAttempts--;
                        file.ScanAfter = null;
                        break;
                    case ScanAnswer.NoVerdict when ScanAttempts.PauseAfter(file.ScanAttempts) is { } pause:
                        file.ScanAfter = Clock.Now() + pause;
                        break;
                    default:
                        (file.Scan, file.ScanAfter) = (StateOf(answer), null);
                        break;
                }
                if (file.IsRefused)
                    await TellAsync(db, file, CancellationToken.None);
                await db.SaveChangesAsync(CancellationToken.None);
            },
            CancellationToken.None
        );
    }

    private static ScanState StateOf(ScanAnswer answer) =>
        answer switch
        {
            ScanAnswer.Clean => ScanState.Clean,
            ScanAnswer.Infected => ScanState.Infected,
            _ => ScanState.Unscannable,
        };

    private async Task TellAsync(PortfolioDb db, PortfolioFile file, CancellationToken ct)
    {
        var block = await db
            .Entries.Where(entry => entry.FileIds.Contains(file.Id))
            .Select(entry => entry.Block)
            .FirstOrDefaultAsync(ct);
        if (block is null)
            return;
        var version = await db.RaiseVersionAsync(file.ApplicationId, changedBlock: null, ct);
        db.Publish(
            new FileFoundInfected(
                file.ApplicationId,
                version,
                file.Id,
                block,
                Clock.Now(),
                ScanStates.RefusalOf(file.Scan)
            )
        );
    }
}
