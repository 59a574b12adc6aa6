using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Tests.Files;

public sealed class SweeperTests
{
    [Fact]
    public async Task What_nothing_has_held_for_a_day_goes_and_what_was_submitted_stays()
    {
        await using var today = await PortfolioService.OfItsOwnAsync();
        var application = Guid.CreateVersion7();
        var held = await today.FillAsync(application, "diploma");
        var submitted = await today.FillAsync(application, "essay");
        await today.FreezeAsync(application, 2);
        await today.EmptyAsync(application, "essay");
        var replaced = await today.FillAsync(application, "awards");
        await today.EmptyAsync(application, "awards");
        var abandoned = await today.StoreAsync(application, "%PDF-1.7 abandoned"u8.ToArray());

        await using (var soon = today.Again(ahead: TimeSpan.FromHours(23)))
        await using (var later = today.Again(ahead: TimeSpan.FromHours(25)))
        {
            while (await CountAsync() > 2)
                await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.NotNull(await soon.BytesAsync(held.Id));
            Assert.NotNull(await later.BytesAsync(submitted.Id));
            Assert.Null(await later.BytesAsync(replaced.Id));
            Assert.Null(await later.BytesAsync(abandoned.Id));
        }
        await using var db = today.Open();
        Assert.Equal(
            [held.Id, submitted.Id],
            await db.Files.OrderBy(file => file.Id).Select(file => file.Id).ToListAsync()
        );

        async Task<int> CountAsync()
        {
            await using var now = today.Open();
            return await now.Files.CountAsync();
        }
    }

    [Fact]
    public async Task Within_the_day_nothing_goes()
    {
        await using var today = await PortfolioService.OfItsOwnAsync();
        var abandoned = await today.StoreAsync(Guid.CreateVersion7(), "%PDF-1.7 abandoned"u8.ToArray());
        await using var soon = today.Again(ahead: TimeSpan.FromHours(23));
        var sweeper = soon
            .Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<Sweeper>()
            .Single();
        Assert.False(await sweeper.SweepOneAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await soon.BytesAsync(abandoned.Id));
    }
}
