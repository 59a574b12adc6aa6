using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Portfolio.Tests.Files;

public sealed class PendingScansTests(PortfolioService service)
{
    private const string Nobody = "tcp://127.0.0.1:1";

    private static readonly byte[] Infected = Encoding.ASCII.GetBytes(
        "%PDF-1.7\n" + @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

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
        var (clean, infected) = (await down.FillAsync(application, "diploma"), await down.FillAsync(application, "essay", Infected));
        Assert.Equal((ScanState.Pending, ScanState.Pending), (clean.Scan, infected.Scan));
        Assert.Equal(["diploma", "essay"], (await down.FreezeAsync(application, 2)).NotScanned.Order());

        await using var up = down.Again((await Testing.TestServers.StartAsync()).Clamd);
        while (await up.ScanOfAsync(clean.Id) == ScanState.Pending || await up.ScanOfAsync(infected.Id) == ScanState.Pending)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal((ScanState.Clean, ScanState.Infected), (await up.ScanOfAsync(clean.Id), await up.ScanOfAsync(infected.Id)));

        var facts = await up.FreezeAsync(application, 3, submission: 2);
        Assert.Empty(facts.NotScanned);
        Assert.Contains("essay", facts.Missing);
        Assert.DoesNotContain("diploma", facts.Missing);
        await using var db = up.Open();
        var told = Assert.Single(await db.OutboxMessages.Select(message => message.Body).ToListAsync());
        var body = JsonSerializer.Deserialize<JsonElement>(told);
        Assert.Equal((application, infected.Id, "essay"),
            (body.GetProperty("applicationId").GetGuid(), body.GetProperty("fileId").GetGuid(), body.GetProperty("block").GetString()));
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
}
