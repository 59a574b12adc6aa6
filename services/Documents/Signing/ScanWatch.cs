using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;

namespace PedAtt.Documents.Signing;

/// <summary>
/// Scans what came in while the scanner was away, and sweeps uploads of a day ago that no signature names. A scan is
/// taken by putting off when it is due again; nothing is held while it is scanned, and one that takes long keeps nobody
/// waiting.
/// </summary>
public sealed class ScanWatch(
    IServiceScopeFactory scopes,
    ObjectStore store,
    Scanner scanner,
    TimeProvider clock,
    ILogger<ScanWatch> log
) : Worker(TimeSpan.FromSeconds(10), clock, log)
{
    private const int AtOnce = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync(stoppingToken)));

    protected override async Task<bool> RoundAsync(CancellationToken ct) =>
        await ScanNextAsync(ct) || await SweepOneAsync(ct);

    /// <summary>Scans the one that has been due for longest.</summary>
    /// <returns>Whether there may be another: false where none is due, or where there is no scanner.</returns>
    public async Task<bool> ScanNextAsync(CancellationToken ct)
    {
        if (await TakeAsync(ct) is not { } scan)
            return false;
        var answer = ScanAnswer.NoScanner;
        try
        {
            using var stored = await store.OpenAsync(scan.ScanId!.Value, ct);
            answer = stored is null ? ScanAnswer.NoVerdict : await scanner.JudgeAsync(stored.Content, Limit, ct);
        }
        finally
        {
            await KeepAsync(scan, answer);
        }
        return answer is not ScanAnswer.NoScanner;
    }

    private async Task<Signature?> TakeAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        var now = Clock.Now();
        var until = now + ScanAttempts.Lease;
        var taken = await db
            .Signatures.FromSql(
                $"""
                update signatures set scan_after = {until}, scan_attempts = scan_attempts + 1 where id = (
                    select id from signatures where scan_state = 'pending' and (scan_after is null or scan_after <= {now})
                    order by scan_after nulls first, id limit 1 for update skip locked)
                returning *
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        return taken.SingleOrDefault();
    }

    private async Task KeepAsync(Signature taken, ScanAnswer answer)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        // Another may have it by now, if this took longer than the lease.
        var mine = db.Signatures.Where(row =>
            row.Id == taken.Id && row.ScanState == ScanState.Pending && row.ScanAttempts == taken.ScanAttempts
        );
        var pause = ScanAttempts.PauseAfter(taken.ScanAttempts);
        DateTimeOffset? next = answer is ScanAnswer.NoVerdict && pause is not null ? Clock.Now() + pause : null;
        var attempts = answer is ScanAnswer.NoScanner ? taken.ScanAttempts - 1 : taken.ScanAttempts;
        ScanState? state = answer switch
        {
            ScanAnswer.Clean => ScanState.Clean,
            ScanAnswer.Infected => ScanState.Infected,
            ScanAnswer.NoVerdict when pause is null => ScanState.Unscannable,
            _ => ScanState.Pending,
        };
        await mine.ExecuteUpdateAsync(
            row =>
                row.SetProperty(one => one.ScanState, state)
                    .SetProperty(one => one.ScanAttempts, attempts)
                    .SetProperty(one => one.ScanAfter, next),
            CancellationToken.None
        );
    }

    public async Task<bool> SweepOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        var before = Clock.Now() - KeptFor;
        var id = await db
            .ScanUploads.Where(row => row.At < before)
            .OrderBy(row => row.At)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(ct);
        if (id is null)
            return false;
        // What a signature names stays for good, replaced or not: only the note of its upload is done with.
        if (!await db.Signatures.AnyAsync(one => one.ScanId == id, ct))
            await store.DeleteAsync(id.Value, ct);
        await db.ScanUploads.Where(row => row.Id == id).ExecuteDeleteAsync(ct);
        return true;
    }
}
