using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>Wakes the outbox when something was committed, so that an event leaves at once and not at the next
/// poll.</summary>
public sealed class CommitSignal : DbTransactionInterceptor, ISaveChangesInterceptor, IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct) => await signal.WaitAsync(atMost, ct);

    public void Dispose() => signal.Dispose();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Raise();
        return Task.CompletedTask;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            Raise();
        return ValueTask.FromResult(result);
    }

    private void Raise()
    {
        if (signal.CurrentCount > 0)
            return;
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in between: awake is awake.
        }
    }
}
