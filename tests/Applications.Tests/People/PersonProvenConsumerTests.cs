using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PedAtt.Applications.People;
using PedAtt.Internal;

namespace PedAtt.Applications.Tests.People;

/// <summary>What Identity told last of a person counts.</summary>
public sealed class PersonProvenConsumerTests(ApplicationsOfPeople service) : IClassFixture<ApplicationsOfPeople>
{
    [Fact]
    public async Task A_proof_is_kept_over_what_was_known()
    {
        var given = new Given();
        var teacher = service.Knows(given.Teacher, given, proven: false);
        await service.As(teacher).GetAsync("/api/categories/mine").JsonAsync();
        service.Prove(teacher);

        await using var scope = service.Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<IdentityClient>().PersonAsync(teacher.Id, default);
        await scope.ServiceProvider.GetRequiredService<KnownPeople>().KeepAsync(person!, default);

        await using var db = service.Open();
        Assert.True((await db.KnownPeople.SingleAsync(known => known.Id == teacher.Id)).Proven);
    }
}
