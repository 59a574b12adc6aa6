using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>
/// What a service knows of moves that another service's aggregate makes: the version of the newest one that asked for
/// facts. docs/decisions has the whole protocol; in short: a write made on older knowledge than the newest move has to
/// ask again.
/// </summary>
public sealed class FenceRow
{
    public required Guid Id { get; init; }

    /// <summary>The version that the aggregate has once the newest freezing move has committed. It may never
    /// commit.</summary>
    public required int Version { get; set; }

    public required Guid SnapshotId { get; set; }

    internal static void Map(ModelBuilder model) =>
        model.Entity<FenceRow>(fence =>
        {
            fence.ToTable("fences");
            fence.Property(row => row.Id).ValueGeneratedNever();
            fence.Property(row => row.SnapshotId).HasColumnName("seal_id");
        });
}

public static class Fence
{
    private const int Attempts = 5;

    /// <summary>
    /// Writes what was judged by a version of the aggregate, in a transaction that no move can overtake. Only where a
    /// move has begun since, <paramref name="judgeAgain"/> asks the aggregate's owner once more; no lock is held while
    /// it does.
    /// </summary>
    /// <param name="version">The version by which the write was judged: that of the owner's answer at the beginning of
    /// the call.</param>
    /// <param name="judgeAgain">
    /// Asks to be answered after the running move has ended, throws if the write is not allowed any more, and answers
    /// the version by which it judged.
    /// </param>
    /// <exception cref="Problem">409 stale where moves came faster than we could ask, five times in a row</exception>
    public static async Task<T> WriteAsync<T>(
        ServiceDb db,
        Guid id,
        int version,
        Func<Task<int>> judgeAgain,
        Func<Task<T>> write,
        CancellationToken ct
    )
    {
        Guid? dead = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (done, result, seen) = await TryWriteAsync(db, id, version, dead, write, ct);
            if (done)
                return result!;
            version = await judgeAgain();
            // The owner answered after every move had ended. If its version is still below the seal's, that move died.
            dead = version < seen.Version ? seen.SnapshotId : null;
        }
        throw Problem.Stale();
    }

    /// <summary>Raises the fence to a move's version and answers the facts as they are at that moment.</summary>
    public static Task<T> FreezeAsync<T>(
        ServiceDb db,
        Guid id,
        int version,
        Guid snapshotId,
        Func<Task<T>> facts,
        CancellationToken ct
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var fence = await LockAsync(db, id, ct);
                // A seal that comes late, after a newer move, must not lower the fence.
                if (version >= fence.Version)
                {
                    fence.Version = version;
                    fence.SnapshotId = snapshotId;
                }
                var answer = await facts();
                await db.SaveChangesAsync(ct);
                return answer;
            },
            ct
        );

    private static async Task<(bool Done, T? Result, FenceRow Seen)> TryWriteAsync<T>(
        ServiceDb db,
        Guid id,
        int version,
        Guid? dead,
        Func<Task<T>> write,
        CancellationToken ct
    )
    {
        const string savepoint = "fence";
        var outer = db.Database.CurrentTransaction;
        var own = outer is null ? await db.Database.BeginTransactionAsync(ct) : null;
        try
        {
            if (outer is not null)
                await outer.CreateSavepointAsync(savepoint, ct);

            var fence = await LockAsync(db, id, ct);
            if (fence.Version > version && fence.SnapshotId != dead)
            {
                // Rolling back lets go of the row before we ask: the running move may be waiting for it.
                db.Entry(fence).State = EntityState.Detached;
                if (outer is not null)
                    await outer.RollbackToSavepointAsync(savepoint, ct);
                else
                    await own!.DisposeAsync();
                return (false, default, fence);
            }
            // What is left here above our version is a move that died: the next writer need not ask about it again.
            fence.Version = Math.Min(fence.Version, version);
            var result = await write();
            await db.SaveChangesAsync(ct);
            if (own is not null)
                await db.CommitAsync(own);
            return (true, result, fence);
        }
        catch when (own is not null)
        {
            await own.DisposeAsync();
            throw;
        }
    }

    private static async Task<FenceRow> LockAsync(ServiceDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"insert into fences (id, version, seal_id) values ({id}, 0, {Guid.Empty}) on conflict do nothing",
            ct
        );
        return await db.Fences.FromSql($"select * from fences where id = {id} for update").SingleAsync(ct);
    }
}
