using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Data;
using PedAtt.ServiceDefaults;
using PedAtt.ServiceDefaults.Files;

namespace PedAtt.Portfolio.Workers;

/// <summary>
/// Deletes files that nothing has held for a day: detached ones, and what cut-off uploads left. What a submission names is
/// never touched.
/// </summary>
public sealed partial class Sweeper(IServiceScopeFactory scopes, ObjectStore store, TimeProvider clock, ILogger<Sweeper> log)
    : BackgroundService
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        do
        {
            try
            {
                while (await SweepOneAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>The object goes before its row: a crash in between leaves a row, and the next round finds it.</summary>
    public async Task<bool> SweepOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var before = clock.Now() - KeptFor;
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

    [LoggerMessage(LogLevel.Warning, "Unheld files could not be swept: {Failure}; it is tried again")]
    private partial void LogFailed(string failure);
}
