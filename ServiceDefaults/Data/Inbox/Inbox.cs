using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>That a consumer has handled a message. Kept longer than any redelivery may take.</summary>
public sealed class InboxMessage
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public required Guid MessageId { get; init; }

    public required string Consumer { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static void Map(ModelBuilder model) =>
        model.Entity<InboxMessage>(message =>
        {
            message.ToTable("inbox_messages");
            message.HasKey(row => new { row.MessageId, row.Consumer });
            message.HasIndex(row => row.At);
        });
}

public static class Inbox
{
    /// <summary>
    /// Does the work of a consumer exactly once for a message: the work's changes and the note that it was done
    /// are one transaction. A second delivery, also one that runs at the same moment, does nothing.
    /// </summary>
    public static Task HandleOnceAsync<T>(
        this ServiceDb db,
        ConsumeContext<T> message,
        string consumer,
        Func<Task> work
    )
        where T : class =>
        db.InTransactionAsync(
            async () =>
            {
                var id =
                    message.MessageId
                    ?? throw new InvalidOperationException("A message without an id cannot be known again.");
                var isNew = await db.Database.ExecuteSqlAsync(
                    $"insert into inbox_messages (message_id, consumer, at) values ({id}, {consumer}, now()) on conflict do nothing",
                    message.CancellationToken
                );
                if (isNew == 0)
                    return;
                await work();
                await db.SaveChangesAsync(message.CancellationToken);
            },
            message.CancellationToken
        );
}
