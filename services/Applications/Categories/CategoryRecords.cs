using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Categories;

/// <summary>What somebody holds by record, and has held.</summary>
public sealed class CategoryRecords(ApplicationsDb db, RuleBook rules)
{
    /// <summary>
    /// The newest first, as of a day. What was imported before they registered is theirs only once their IIN is proven,
    /// as far as Identity
    /// told us (KnownPeople).
    /// </summary>
    public async Task<IReadOnlyList<RecordedCategory>> OfAsync(Guid personId, DateOnly day, CancellationToken ct)
    {
        var records = await db
            .CategoryRecords.AsNoTracking()
            .Where(record =>
                record.CorrectedAt == null
                && (
                    record.PersonId == personId
                    || db.KnownPeople.Any(person =>
                        person.Id == personId
                        && person.Iin == record.Iin
                        && (person.Proven || record.RecordedAt >= person.RegisteredAt)
                    )
                )
            )
            .ToListAsync(ct);
        return RecordedCategory.Of(records, rules.Reference, day);
    }
}
