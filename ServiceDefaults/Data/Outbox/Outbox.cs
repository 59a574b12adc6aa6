using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>
/// An event that waits to be sent. It is written in the transaction of the change that it tells of, so neither can be
/// lost without the other. Ours because no package of an outbox on EF Core for MassTransit 8 is to be had everywhere we
/// build.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>Becomes the message's id, by which a consumer's inbox knows it again.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The event's full name in Contracts.</summary>
    public required string Type { get; init; }

    public required string Body { get; init; }

    /// <summary>The W3C traceparent of the request that published it, so that one trace goes on through the
    /// broker.</summary>
    public string? TraceParent { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    internal static OutboxMessage Of(object @event) =>
        new()
        {
            Type = @event.GetType().FullName!,
            Body = JsonSerializer.Serialize(@event, @event.GetType(), Json.Options),
            TraceParent = Activity.Current?.Id,
            NotBefore = DateTimeOffset.UnixEpoch,
        };

    internal static void Map(ModelBuilder model) =>
        model.Entity<OutboxMessage>(message =>
        {
            message.ToTable("outbox_messages");
            message.Property(row => row.Id).ValueGeneratedNever();
            message.Property(row => row.Body).HasColumnType("jsonb");
            message.HasIndex(row => new { row.NotBefore, row.Id });
        });
}

/// <summary>
/// Sends what waits in the outbox: at once after a commit, and again until the broker has confirmed it in a queue.
/// Several replicas share the work by locking the rows they send; one that dies lets go of them.
/// </summary>
internal sealed partial class OutboxDispatcher<TDb>(
    IServiceScopeFactory scopes,
    IBus bus,
    CommitSignal committed,
    TimeProvider clock,
    ILogger<OutboxDispatcher<TDb>> log
) : Worker(TimeSpan.FromSeconds(1), clock, log)
    where TDb : ServiceDb
{
    private const int Batch = 50;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    protected override async Task<bool> RoundAsync(CancellationToken ct) => await SendBatchAsync(ct) == Batch;

    /// <summary>Until something is committed, so that an event leaves at once; a second at most.</summary>
    protected override Task PauseAsync(CancellationToken ct) => committed.WaitAsync(Poll, ct);

    private async Task<int> SendBatchAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = Clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var messages = await db
            .OutboxMessages.FromSql(
                $"select * from outbox_messages where not_before <= {now} order by not_before, id limit {Batch} for update skip locked"
            )
            .AsNoTracking()
            .ToListAsync(ct);
        if (messages.Count == 0)
            return 0;

        var results = await Task.WhenAll(messages.Select(message => TrySendAsync(message, ct)));
        var sent = messages.Zip(results).Where(pair => pair.Second).Select(pair => pair.First.Id).ToArray();
        await db.OutboxMessages.Where(message => sent.Contains(message.Id)).ExecuteDeleteAsync(CancellationToken.None);
        foreach (var (message, _) in messages.Zip(results).Where(pair => !pair.Second))
        {
            var wait = TimeSpan.FromMilliseconds(
                Math.Min(250 * Math.Pow(2, Math.Min(message.Attempts, 10)), LongestWait.TotalMilliseconds)
            );
            await db
                .OutboxMessages.Where(row => row.Id == message.Id)
                .ExecuteUpdateAsync(
                    row =>
                        row.SetProperty(m => m.Attempts, m => m.Attempts + 1).SetProperty(m => m.NotBefore, now + wait),
                    CancellationToken.None
                );
        }
        await transaction.CommitAsync(CancellationToken.None);
        return messages.Count;
    }

    private async Task<bool> TrySendAsync(OutboxMessage message, CancellationToken ct)
    {
        using var activity = Telemetry.Source.StartActivity("outbox send", ActivityKind.Internal, message.TraceParent);
        try
        {
            var type = EventTypes.Find(message.Type);
            var @event = JsonSerializer.Deserialize(message.Body, type, Json.Options)!;
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(SendTimeout);
            await bus.Publish(
                @event,
                type,
                Pipe.Execute<PublishContext>(context =>
                {
                    context.MessageId = message.Id;
                    // The broker must hand it back when no queue takes it: an event sent before its consumer's first
                    // start is kept.
                    if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                        rabbit.Mandatory = true;
                }),
                timeout.Token
            );
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotSent(message.Type, message.Id, message.Attempts + 1, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Type} {Id} was not sent at attempt {Attempt}: {Failure}; it is tried again")]
    private partial void LogNotSent(string type, Guid id, int attempt, string failure);
}

internal static class EventTypes
{
    private static readonly Dictionary<string, Type> ByName = AppDomain
        .CurrentDomain.Load("PedAtt.Contracts")
        .GetExportedTypes()
        .ToDictionary(type => type.FullName!);

    public static Type Find(string name) =>
        ByName.GetValueOrDefault(name) ?? throw new InvalidOperationException($"{name} is no event of Contracts.");
}
