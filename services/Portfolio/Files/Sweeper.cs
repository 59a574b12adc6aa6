using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Files;

/// <summary>
/// Deletes files that nothing has held for a day: detached ones, what cut-off uploads left, and uploads whose day is over. What a
/// submission names is never touched.
/// </summary>
public sealed class Sweeper(IServiceScopeFactory scopes, ObjectStore store, TimeProvider clock, ILogger<Sweeper> log)
    : Worker(TimeSpan.FromMinutes(10), clock, log)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>A piece that was on its way when its upload's day ended has arrived by then.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    protected override async Task<bool> RoundAsync(CancellationToken ct) => await SweepOneAsync(ct) || await SweepUploadAsync(ct);

    /// <summary>The object goes before its row: a crash in between leaves a row, and the next round finds it.</summary>
    public async Task<bool> SweepOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = Clock.Now() - KeptFor;
        var file = await db.Files.FromSql($"""
            select * from files f where f.unreferenced_since < {before}
                and not exists (select 1 from entries e where e.file_ids @> array[f.id])
                and not exists (select 1 from snapshots s where s.file_ids @> array[f.id])
            order by f.unreferenced_since limit 1 for update skip locked
            """).SingleOrDefaultAsync(ct);
        if (file is null)
            return false;
        await store.DeleteAsync(file.Id, ct);
        db.Files.Remove(file);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Its pieces and itself; the file that it became has a life of its own.</summary>
    public async Task<bool> SweepUploadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = Clock.Now() - Grace;
        var upload = await db.Uploads.FromSql($"""
            select * from uploads where expires_at < {before} order by expires_at limit 1 for update skip locked
            """).SingleOrDefaultAsync(ct);
        if (upload is null)
            return false;
        var pieces = await db.UploadPieces.Where(row => row.UploadId == upload.Id).Select(row => row.Id).ToListAsync(ct);
        await ResumableUploads.DropAsync(db, store, pieces, ct);
        db.Uploads.Remove(upload);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
