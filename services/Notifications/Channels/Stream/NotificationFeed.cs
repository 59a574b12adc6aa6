using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace PedAtt.Notifications.Channels.Stream;

/// <summary>
/// Wakes the streams of a person when something was committed for them, in whichever replica: PostgreSQL tells all of
/// them. Only the waking goes this way. What there is to tell is read from the table, so a signal that gets lost costs
/// seconds, not news.
/// </summary>
public sealed partial class NotificationFeed(IConfiguration configuration, ILogger<NotificationFeed> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Guid, (Guid Person, Channel<bool> Signal)> streams = new();

    public Subscription Subscribe(Guid person)
    {
        var key = Guid.NewGuid();
        var signal = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
        );
        streams[key] = (person, signal);
        return new(signal.Reader, () => streams.TryRemove(key, out _));
    }

    public sealed class Subscription(ChannelReader<bool> signal, Action end) : IDisposable
    {
        /// <summary>Whether there may be news, or only the time has passed.</summary>
        public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(atMost);
            try
            {
                return await signal.ReadAsync(timeout.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return false;
            }
        }

        public void Dispose() => end();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A connection of its own: it only listens, for as long as the process lives.
        var address = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("notifications"))
        {
            Pooling = false,
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(address.ConnectionString, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLost(e.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(string address, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(ct);
        connection.Notification += (_, told) =>
        {
            if (Guid.TryParse(told.Payload, out var person))
                Wake(stream => stream == person);
        };
        await ExecuteAsync(connection, "listen notifications", ct);
        // Whatever was told while nobody listened.
        Wake(_ => true);
        while (true)
        {
            // A connection that has died silently is found out by asking.
            if (!await connection.WaitAsync(SignOfLife, ct))
                await ExecuteAsync(connection, "select 1", ct);
        }
    }

    private void Wake(Func<Guid, bool> whose)
    {
        foreach (var (person, signal) in streams.Values)
        {
            if (whose(person))
                signal.Writer.TryWrite(true);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(LogLevel.Warning, "The database's signals are lost ({Failure}); listening again")]
    private partial void LogLost(string failure);
}
