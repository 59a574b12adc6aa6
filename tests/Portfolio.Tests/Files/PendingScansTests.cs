using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace PedAtt.Portfolio.Tests.Files;

public sealed class PendingScansTests(PortfolioService service)
{
    private const string Nobody = "tcp://127.0.0.1:1";

    private static readonly byte[] Infected = Encoding.ASCII.GetBytes(
        "%PDF-1.7\n" + @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    );

    [Fact]
    public async Task What_is_infected_is_refused_at_once_and_not_stored()
    {
        var application = Guid.CreateVersion7();
        var refused = await Assert.ThrowsAsync<Problem>(() => service.StoreAsync(application, Infected));
        Assert.Equal((422, "file.infected"), (refused.Status, refused.Code));
        await using var db = service.Open();
        // Its row is the sweeper's to take away.
        var row = await db.Files.SingleAsync(file => file.ApplicationId == application);
        Assert.NotNull(row.UnreferencedSince);
        Assert.Null(await service.BytesAsync(row.Id));
    }

    [Fact]
    public async Task With_the_scanner_down_a_file_waits_and_is_scanned_once_it_is_back()
    {
        await using var down = await PortfolioService.OfItsOwnAsync(Nobody);
        var application = Guid.CreateVersion7();
        var (clean, infected) = (
            await down.FillAsync(application, "diploma"),
            await down.FillAsync(application, "essay", Infected)
        );
        Assert.Equal((ScanState.Pending, ScanState.Pending), (clean.Scan, infected.Scan));
        Assert.Equal(["diploma", "essay"], (await down.FreezeAsync(application, 2)).NotScanned.Order());

        await using var up = down.Again((await Testing.TestServers.StartAsync()).Clamd);
        while (
            await up.ScanOfAsync(clean.Id) == ScanState.Pending
            || await up.ScanOfAsync(infected.Id) == ScanState.Pending
        )
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(
            (ScanState.Clean, ScanState.Infected),
            (await up.ScanOfAsync(clean.Id), await up.ScanOfAsync(infected.Id))
        );

        var facts = await up.FreezeAsync(application, 3, submission: 2);
        Assert.Empty(facts.NotScanned);
        Assert.Contains("essay", facts.Missing);
        Assert.DoesNotContain("diploma", facts.Missing);
        await using var db = up.Open();
        var told = Assert.Single(await db.OutboxMessages.Select(message => message.Body).ToListAsync());
        var body = JsonSerializer.Deserialize<JsonElement>(told);
        Assert.Equal(
            (application, infected.Id, "essay"),
            (
                body.GetProperty("applicationId").GetGuid(),
                body.GetProperty("fileId").GetGuid(),
                body.GetProperty("block").GetString()
            )
        );
    }

    [Fact]
    public async Task What_was_submitted_is_scanned_though_its_teacher_has_replaced_it()
    {
        await using var down = await PortfolioService.OfItsOwnAsync(Nobody);
        var application = Guid.CreateVersion7();
        var file = await down.FillAsync(application, "diploma");
        await down.FreezeAsync(application, 2);
        await down.EmptyAsync(application, "diploma");

        await using var up = down.Again((await Testing.TestServers.StartAsync()).Clamd);
        while (await up.ScanOfAsync(file.Id) == ScanState.Pending)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(ScanState.Clean, await up.ScanOfAsync(file.Id));
    }

    [Fact]
    public async Task One_that_takes_long_keeps_nobody_waiting_and_one_without_a_verdict_is_refused_in_the_end()
    {
        await using var clamd = OddScanner.Start();
        await using var down = await PortfolioService.OfItsOwnAsync(Nobody);
        var application = Guid.CreateVersion7();
        // The first ones of the queue.
        var slow = await down.FillAsync(application, "diploma", Encoding.ASCII.GetBytes("%PDF-1.7 slow"));
        var poison = await down.FillAsync(application, "essay", Encoding.ASCII.GetBytes("%PDF-1.7 poison"));
        var good = await down.FillAsync(application, "awards");

        await using var up = down.Again(clamd.Address);
        while (await up.ScanOfAsync(good.Id) == ScanState.Pending || await AttemptsAsync(poison.Id) == 0)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(
            (ScanState.Clean, ScanState.Pending, ScanState.Pending),
            (await up.ScanOfAsync(good.Id), await up.ScanOfAsync(slow.Id), await up.ScanOfAsync(poison.Id))
        );

        var worker = up
            .Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<PedAtt.Portfolio.Files.PendingScans>()
            .Single();
        for (var attempts = 1; attempts < 5; attempts++)
        {
            Assert.Equal(ScanState.Pending, await up.ScanOfAsync(poison.Id));
            await using var db = up.Open();
            Assert.True(
                (await db.Files.SingleAsync(file => file.Id == poison.Id)).ScanAfter > TimeProvider.System.GetUtcNow()
            );
            await db
                .Files.Where(file => file.Id == poison.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.ScanAfter, DateTimeOffset.UnixEpoch));
            while (await AttemptsAsync(poison.Id) == attempts)
                await worker.ScanNextAsync(TestContext.Current.CancellationToken);
        }
        while (await up.ScanOfAsync(poison.Id) == ScanState.Pending)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(ScanState.Unscannable, await up.ScanOfAsync(poison.Id));
        Assert.Contains("essay", (await up.FreezeAsync(application, 4)).Missing);
        await using var now = up.Open();
        var told = JsonSerializer.Deserialize<JsonElement>(
            Assert.Single(await now.OutboxMessages.Select(message => message.Body).ToListAsync())
        );
        Assert.Equal(
            ("file.unscannable", poison.Id),
            (told.GetProperty("reason").GetString(), told.GetProperty("fileId").GetGuid())
        );

        async Task<int> AttemptsAsync(Guid id)
        {
            await using var db = up.Open();
            return await db
                .Files.Where(file => file.Id == id)
                .Select(file => file.ScanAfter == null ? 0 : file.ScanAttempts)
                .SingleAsync();
        }
    }

    [Fact]
    public async Task That_there_is_no_scanner_says_nothing_of_the_file()
    {
        await using var down = await PortfolioService.OfItsOwnAsync(Nobody);
        var file = await down.FillAsync(Guid.CreateVersion7(), "diploma");
        var worker = down
            .Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<PedAtt.Portfolio.Files.PendingScans>()
            .Single();
        for (var round = 0; round < 10; round++)
            await worker.ScanNextAsync(TestContext.Current.CancellationToken);
        await using var db = down.Open();
        var row = await db.Files.SingleAsync(one => one.Id == file.Id);
        Assert.Equal((ScanState.Pending, true), (row.Scan, row.ScanAttempts <= 3));
    }

    /// <summary>Speaks as clamd does, but never answers about a file that says "slow", and with an error about one that
    /// says "poison".</summary>
    private sealed class OddScanner : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource over = new();
        private Task accepting = Task.CompletedTask;

        public string Address => $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        public static OddScanner Start()
        {
            var scanner = new OddScanner();
            scanner.listener.Start();
            scanner.accepting = scanner.AcceptAsync();
            return scanner;
        }

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            listener.Stop();
            await accepting;
            over.Dispose();
        }

        private async Task AcceptAsync()
        {
            var answering = new List<Task>();
            try
            {
                while (true)
                    answering.Add(AnswerAsync(await listener.AcceptTcpClientAsync(over.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                await Task.WhenAll(answering);
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using var one = client;
            try
            {
                var line = client.GetStream();
                var said = new StringBuilder();
                var buffer = new byte[64 * 1024];
                do
                {
                    var read = await line.ReadAsync(buffer, over.Token);
                    if (read == 0)
                        return;
                    said.Append(Encoding.Latin1.GetString(buffer, 0, read));
                } while (
                    said.ToString() is var text
                    && text != "zPING\0"
                    && !text.EndsWith("\0\0\0\0", StringComparison.Ordinal)
                );
                var heard = said.ToString();
                if (heard.Contains("slow", StringComparison.Ordinal))
                    await Task.Delay(Timeout.Infinite, over.Token);
                var answer =
                    heard.StartsWith("zPING", StringComparison.Ordinal) ? "PONG\0"
                    : heard.Contains("poison", StringComparison.Ordinal) ? "stream: Can't allocate memory ERROR\0"
                    : "stream: OK\0";
                await line.WriteAsync(Encoding.ASCII.GetBytes(answer), over.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The worker has hung up, or the test is over.
            }
        }
    }
}
