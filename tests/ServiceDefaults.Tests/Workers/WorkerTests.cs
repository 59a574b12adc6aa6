using Microsoft.Extensions.Logging;

namespace PedAtt.ServiceDefaults.Tests.Workers;

public class WorkerTests
{
    [Fact]
    public async Task Rounds_go_on_after_a_failure_and_the_log_says_its_kind_alone()
    {
        var log = new Lines();
        using var worker = new Counting(
            log,
            round =>
                round switch
                {
                    1 => throw new InvalidOperationException("880101400000 is personal"),
                    2 => true,
                    _ => false,
                }
        );

        await worker.StartAsync(default);
        await worker.Reached(3).WaitAsync(TimeSpan.FromMinutes(1));
        await worker.StopAsync(default);

        var line = Assert.Single(log.Told);
        Assert.Equal("Counting failed: InvalidOperationException. It is tried again.", line);
    }

    [Fact]
    public async Task A_round_with_more_to_do_is_followed_by_the_next_at_once()
    {
        // The pause is an hour: who waits for it does not reach the fifth round.
        using var worker = new Counting(new Lines(), round => round < 5, TimeSpan.FromHours(1));
        await worker.StartAsync(default);
        await worker.Reached(5).WaitAsync(TimeSpan.FromMinutes(1));
        await worker.StopAsync(default);
    }

    private sealed class Counting(ILogger log, Func<int, bool> round, TimeSpan? every = null)
        : Worker(every ?? TimeSpan.FromMilliseconds(1), TimeProvider.System, log)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int rounds;
        private int wanted = int.MaxValue;

        public Task Reached(int count)
        {
            wanted = count;
            if (rounds >= count)
                reached.TrySetResult();
            return reached.Task;
        }

        protected override Task<bool> RoundAsync(CancellationToken ct)
        {
            var now = ++rounds;
            if (now >= wanted)
                reached.TrySetResult();
            return Task.FromResult(round(now));
        }
    }

    private sealed class Lines : ILogger
    {
        public List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Told.Add(formatter(state, exception));
    }
}
