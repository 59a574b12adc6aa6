using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.Contracts;

namespace PedAtt.Identity.Tests.People;

public sealed class ApplicationForwardedConsumerTests(IdentityService service)
{
    [Fact]
    public async Task Whose_application_was_forwarded_is_proven_and_the_first_proof_stays()
    {
        var ct = TestContext.Current.CancellationToken;
        var (person, bystander) = (await service.RegisteredAsync(), await service.RegisteredAsync());
        await using var provider = new ServiceCollection()
            .AddSingleton<TimeProvider>(service.Clock)
            .AddScoped(_ => service.Open())
            .AddMassTransitTestHarness(bus => bus.AddConsumer<ApplicationForwardedConsumer>())
            .BuildServiceProvider();
        var harness = provider.GetRequiredService<ITestHarness>();
        await harness.Start();
        await harness.Bus.Publish(
            new ApplicationForwarded(
                Guid.CreateVersion7(),
                5,
                "2027-000123",
                person.Id,
                [],
                service.Clock.GetUtcNow(),
                Guid.CreateVersion7()
            ),
            ct
        );
        Assert.True(await harness.Consumed.Any<ApplicationForwarded>(told => told.Exception is null, ct));

        await using var db = service.Open();
        Assert.Equal(Proof.ForwardedApplication, await ByAsync(person));
        Assert.Null(await ByAsync(bystander));
        await IinProof.ProveAsync(db, person.Id, Proof.Eds, service.Clock.GetUtcNow(), ct);
        Assert.Equal(Proof.ForwardedApplication, await ByAsync(person));

        Task<Proof?> ByAsync(Newcomer one) =>
            db.Users.AsNoTracking().Where(user => user.Id == one.Id).Select(user => user.ProvenBy).SingleAsync(ct);
    }
}
