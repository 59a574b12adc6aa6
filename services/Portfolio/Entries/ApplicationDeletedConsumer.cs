using MassTransit;
using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Entries;

/// <summary>A draft that nobody else ever saw is gone: its entries go, and the sweeper takes their files a day
/// later.</summary>
public sealed class ApplicationDeletedConsumer(PortfolioDb db, TimeProvider clock) : IConsumer<ApplicationDeleted>
{
    public Task Consume(ConsumeContext<ApplicationDeleted> context) =>
        db.HandleOnceAsync(
            context,
            nameof(ApplicationDeletedConsumer),
            async () =>
            {
                var (id, now) = (context.Message.ApplicationId, clock.Now());
                // Whoever was judged before and writes now has to ask again, and is told that there is no such
                // application.
                await Fence.FreezeAsync(
                    db,
                    id,
                    int.MaxValue,
                    Guid.CreateVersion7(),
                    () => Task.FromResult(true),
                    context.CancellationToken
                );
                await db
                    .Entries.Where(entry => entry.ApplicationId == id)
                    .ExecuteDeleteAsync(context.CancellationToken);
                // It was never submitted, so what was frozen for it belongs to attempts that failed.
                await db.Database.ExecuteSqlAsync(
                    $"select set_config('pedatt.deleted_draft', {id.ToString()}, true)",
                    context.CancellationToken
                );
                await db
                    .Snapshots.Where(snapshot => snapshot.ApplicationId == id)
                    .ExecuteDeleteAsync(context.CancellationToken);
                await db
                    .Files.Where(file => file.ApplicationId == id && file.UnreferencedSince == null)
                    .ExecuteUpdateAsync(
                        file => file.SetProperty(row => row.UnreferencedSince, now),
                        context.CancellationToken
                    );
            }
        );
}
