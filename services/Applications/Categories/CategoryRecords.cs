using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Applications.People;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Categories;

/// <summary>What people hold by record, and have held.</summary>
public sealed class CategoryRecords(ApplicationsDb db, RuleBook rules)
{
    /// <summary>One person's, the newest first, as of a day; whose IIN they have is known as far as Identity told
    /// us.</summary>
    public async Task<IReadOnlyList<RecordedCategory>> OfAsync(Guid personId, DateOnly day, CancellationToken ct)
    {
        var person = await db.KnownPeople.AsNoTracking().SingleOrDefaultAsync(known => known.Id == personId, ct);
        return (await OfAsync([personId], person is null ? [] : [person], day, ct))[personId];
    }

    /// <summary>Of each of these people, the newest first, as of a day.</summary>
    public Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedCategory>>> OfAsync(
        IReadOnlyList<KnownPerson> people,
        DateOnly day,
        CancellationToken ct
    ) => OfAsync([.. people.Select(person => person.Id)], people, day, ct);

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RecordedCategory>>> OfAsync(
        Guid[] ids,
        IReadOnlyList<KnownPerson> people,
        DateOnly day,
        CancellationToken ct
    )
    {
        string[] iins = [.. people.Select(person => person.Iin)];
        var records = await db
            .CategoryRecords.AsNoTracking()
            .Where(record =>
                record.CorrectedAt == null
                && (
                    (record.PersonId != null && ids.Contains(record.PersonId.Value))
                    || (record.Iin != null && iins.Contains(record.Iin))
                )
            )
            .ToListAsync(ct);
        var byPerson = records.ToLookup(record => record.PersonId);
        var byIin = records.ToLookup(record => record.Iin);
        var known = people.ToDictionary(person => person.Id);
        return ids.ToDictionary(
            id => id,
            id => RecordedCategory.Of([.. byPerson[id], .. ByIin(known.GetValueOrDefault(id))], rules.Reference, day)
        );

        // What was imported before they registered is theirs only once their IIN is proven.
        IEnumerable<CategoryRecord> ByIin(KnownPerson? person) =>
            person is null
                ? []
                : byIin[person.Iin]
                    .Where(record =>
                        record.PersonId != person.Id && (person.Proven || record.RecordedAt >= person.RegisteredAt)
                    );
    }
}
