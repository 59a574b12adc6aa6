using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Internal;

namespace PedAtt.Applications.People;

/// <summary>Keeps whose IIN an account has.</summary>
public sealed class KnownPeople(ApplicationsDb db, IdentityClient identity)
{
    /// <summary>Asks Identity, and keeps the answer; never while a row of ours is held.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<Person> AskAsync(Guid id, CancellationToken ct)
    {
        var person =
            await identity.PersonAsync(id, ct)
            ?? throw new InvalidOperationException("A token names a person whom Identity does not know.");
        await KeepAsync(person, ct);
        return person;
    }

    /// <summary>What is kept of an account.</summary>
    public static KnownPerson Of(Person person) =>
        new()
        {
            Id = person.Id,
            Iin = person.Iin,
            Proven = person.Proven,
            RegisteredAt = person.RegisteredAt,
        };

    public Task KeepAsync(Person person, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into known_people (id, iin, proven, registered_at)
            values ({person.Id}, {person.Iin}, {person.Proven}, {person.RegisteredAt})
            on conflict (id) do update set iin = excluded.iin, proven = excluded.proven, registered_at = excluded.registered_at
            where (known_people.iin, known_people.proven) is distinct from (excluded.iin, excluded.proven)
            """,
            ct
        );
}
