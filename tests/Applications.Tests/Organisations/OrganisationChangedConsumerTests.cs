using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.Applications.Organisations;
using PedAtt.Contracts;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests.Organisations;

/// <summary>The service with a real RabbitMQ.</summary>
public sealed class ApplicationsServiceWithBroker : ApplicationsService
{
    public override async ValueTask InitializeAsync()
    {
        Broker = await (await TestServers.StartAsync()).RabbitAsync("applications");
        await base.InitializeAsync();
    }
}

public sealed class OrganisationChangedConsumerTests(ApplicationsServiceWithBroker service)
    : IClassFixture<ApplicationsServiceWithBroker>
{
    private readonly Given given = new();

    [Fact]
    public async Task Names_and_who_decides_follow_the_newest_version_whatever_the_order()
    {
        var open = await service.SaveAsync(given.UnderReview());
        var forwarded = await service.SaveAsync(given.OfAnotherTeacher("Б").UnderStateServiceReview());

        await PublishAsync(Changed(3, "Школа-гимназия № 1", "region"));
        await UntilAsync(3);
        await PublishAsync(Changed(2, "Школа № 1 (старое)", "district"));
        await PublishAsync(Changed(4, "Гимназия № 1", "region"));
        await UntilAsync(4);

        await using var db = service.Open();
        Assert.Equal("Гимназия № 1", (await db.Organisations.SingleAsync(one => one.Id == given.School.Id)).NameRu);
        var moved = (await db.LockAsync(open.Id, default))!;
        Assert.Equal(
            (Level.Region, given.Region.Id, given.Region.Id, open.Version + 1),
            (moved.DecidingLevel, moved.AcceptingOrganisationId, moved.DecidingOrganisationId, moved.Version)
        );
        Assert.Equal(open.EditVersion, moved.EditVersion);
        var stays = (await db.LockAsync(forwarded.Id, default))!;
        Assert.Equal((Level.District, forwarded.Version), (stays.DecidingLevel, stays.Version));
    }

    [Fact]
    public async Task An_organisation_that_nobody_filed_from_is_not_kept()
    {
        var unknown = Guid.CreateVersion7();
        await service.SaveAsync(given.New());
        await PublishAsync(Changed(9, "Другая", "district") with { Id = unknown });
        await PublishAsync(Changed(2, "Школа", "district"));
        await UntilAsync(2);
        await using var db = service.Open();
        Assert.False(await db.Organisations.AnyAsync(one => one.Id == unknown));
    }

    private OrganisationChanged Changed(int version, string name, string subordination) =>
        new(
            given.School.Id,
            version,
            given.District.Id,
            "organisation",
            "school",
            name,
            name,
            "971240001315",
            "350000000",
            subordination,
            [.. given.Path.Select(one => one.Id)],
            Given.Morning
        );

    private async Task PublishAsync(OrganisationChanged changed)
    {
        var bus = service.Services.GetRequiredService<IBusControl>();
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        await bus.Publish(changed);
    }

    private async Task UntilAsync(int version)
    {
        for (var i = 0; ; i++)
        {
            await using var db = service.Open();
            if ((await db.Organisations.SingleAsync(one => one.Id == given.School.Id)).Version == version)
                return;
            Assert.True(i < 300, "The event was not applied within half a minute.");
            await Task.Delay(100);
        }
    }
}
