using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Files;

/// <summary>
/// Deletes files that nothing has held for a day: detached ones, what cut-off uploads left, and uploads whose day is
/// over. What a submission names is never touched.
/// </summary>
public sealed class Sweeper(IServiceScopeFactory scopes, ObjectStore store, TimeProvider clock, ILogger<Sweeper> log)
    : Worker(TimeSpan.FromMinutes(10), clock, log)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>What was taken into an entry at the last moment is in it by then.</summary>
    private static readonly TimeSpan Attaching = TimeSpan.FromMinutes(10);

    /// <summary>A piece that was on its way when its upload's day ended has arrived by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    protected override async Task<bool> RoundAsync(CancellationToken ct) =>
        await SweepOneAsync(ct) || await SweepUploadAsync(ct);

    /// <summary>
    /// The object goes before its row: a crash in between leaves a row, and the next round finds it. Nothing is locked
    /// meanwhile, as nothing can hold the file any more; of two who sweep it, the second one finds it swept.
    /// </summary>
    public async Task<bool> SweepOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        var before = Clock.Now() - KeptFor - Attaching;
        var files = await db
            .Files.FromSql(
                $"""
                select * from files f where f.unreferenced_since < {before}
                    and not exists (select 1 from entries e where e.file_ids @> array[f.id])
                    and not exists (select 1 from snapshots s where s.file_ids @> array[f.id])
                order by f.unreferenced_since limit 1
                """
            )
            .AsNoTracking()
            .ToListAsync(ct);
        if (files is not [var file])
            return false;
        await store.DeleteAsync(file.Id, ct);
        await db.Files.Where(row => row.Id == file.Id && row.UnreferencedSince < before).ExecuteDeleteAsync(ct);
        return true;
    }

    /// <summary>Its pieces and itself; the file that it became has a life of its own.</summary>
    public async Task<bool> SweepUploadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        var before = Clock.Now() - Grace;
        var id = await db
            .Uploads.Where(row => row.ExpiresAt < before)
            .OrderBy(row => row.ExpiresAt)
            .Select(row => (Guid?)row.Id)
            .FirstOrDefaultAsync(ct);
        if (id is null)
            return false;
        var pieces = await db.UploadPieces.Where(row => row.UploadId == id).Select(row => row.Id).ToListAsync(ct);
        await ResumableUploads.DropAsync(db, store, pieces, ct);
        await db.Uploads.Where(row => row.Id == id).ExecuteDeleteAsync(ct);
        return true;
    }
}
