using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Internal;

namespace PedAtt.Applications.People;

/// <summary>Asks once for the IIN of those who filed before we kept it.</summary>
public sealed class TeachersOfBefore(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TeachersOfBefore> log)
    : Worker(TimeSpan.FromMinutes(1), clock, log)
{
    private const int AtOnce = 50;

    protected override async Task<bool> RoundAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ApplicationsDb>();
        var identity = scope.ServiceProvider.GetRequiredService<IdentityClient>();
        var people = scope.ServiceProvider.GetRequiredService<KnownPeople>();
        var unknown = await db
            .Applications.Select(application => application.TeacherId)
            .Distinct()
            .Where(teacher => !db.KnownPeople.Any(person => person.Id == teacher))
            .OrderBy(teacher => teacher)
            .Take(AtOnce)
            .ToListAsync(ct);
        var found = 0;
        foreach (var teacher in unknown)
            if (await identity.PersonAsync(teacher, ct) is { } person)
            {
                await people.KeepAsync(person, ct);
                found++;
            }
        return found == AtOnce;
    }
}
