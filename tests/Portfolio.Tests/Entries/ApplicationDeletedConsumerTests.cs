using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.Contracts;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class ApplicationDeletedConsumerTests(PortfolioService service)
{
    [Fact(Timeout = 120_000)]
    public async Task Its_entries_go_and_what_was_frozen_in_vain_and_who_writes_late_is_told()
    {
        var teacher = Guid.CreateVersion7();
        var draft = service.Filings.File(teacher);
        var file = await service.FillAsync(draft.Id, "awards");
        await service.FreezeAsync(draft.Id, draft.Version + 1);
        await ConsumeAsync(draft.Id, teacher);

        await using var db = service.Open();
        Assert.False(await db.Entries.AnyAsync(entry => entry.ApplicationId == draft.Id));
        Assert.False(await db.Snapshots.AnyAsync(snapshot => snapshot.ApplicationId == draft.Id));
        Assert.NotNull((await db.Files.SingleAsync(row => row.Id == file.Id)).UnreferencedSince);

        // Judged before it was deleted, written after that: it is asked about once more, and there is none.
        await using var scope = service.Services.CreateAsyncScope();
        var late = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        var refused = await Assert.ThrowsAsync<Problem>(() =>
            Fence.WriteAsync(
                late,
                draft.Id,
                draft.Version,
                () => throw Problem.NotFound(),
                () => Task.FromResult(true),
                default
            )
        );
        Assert.Equal(404, refused.Status);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_others_have_submitted_stays()
    {
        var (gone, other) = (service.Filings.File(Guid.CreateVersion7()), service.Filings.File(Guid.CreateVersion7()));
        await service.FreezeAsync(other.Id, 2);
        await ConsumeAsync(gone.Id, gone.TeacherId);
        await using var db = service.Open();
        Assert.True(await db.Snapshots.AnyAsync(snapshot => snapshot.ApplicationId == other.Id));
    }

    private async Task ConsumeAsync(Guid application, Guid teacher)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var consumer = ActivatorUtilities.CreateInstance<ApplicationDeletedConsumer>(scope.ServiceProvider);
        var bus = Bus.Factory.CreateUsingInMemory(memory =>
            memory.ReceiveEndpoint("portfolio", queue => queue.Instance(consumer))
        );
        await bus.StartAsync();
        try
        {
            var message = Guid.CreateVersion7();
            await bus.Publish(
                new ApplicationDeleted(application, 2, "2027-000123", teacher, [], DateTimeOffset.UnixEpoch),
                context => context.MessageId = message
            );
            await using var db = service.Open();
            while (!await db.InboxMessages.AnyAsync(row => row.MessageId == message))
                await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        finally
        {
            await bus.StopAsync();
        }
    }
}
