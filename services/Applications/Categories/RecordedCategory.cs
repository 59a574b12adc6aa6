using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Categories;

/// <summary>A record with what has become of it by a day.</summary>
public sealed record RecordedCategory(CategoryRecord Record, RecordState State)
{
    public string Category => Record.Category;

    public DateOnly From => Record.From;

    /// <summary>The last day; null: without a term.</summary>
    public DateOnly? Until => Record.Until;

    /// <summary>
    /// The records of one person, the newest first. On each ladder the newest one counts: it is held through its last
    /// day, and what came before it is replaced. A legacy category stands on the ladder that it can be turned into.
    /// </summary>
    public static IReadOnlyList<RecordedCategory> Of(
        IEnumerable<CategoryRecord> records,
        ReferenceData reference,
        DateOnly day
    )
    {
        var counting = new HashSet<Ladder>();
        return
        [
            .. records
                .OrderByDescending(record => record.From)
                .ThenByDescending(record => record.RecordedAt)
                .Select(record => new RecordedCategory(record, StateOf(record))),
        ];

        RecordState StateOf(CategoryRecord record) =>
            record.AnnulledAt is not null ? RecordState.Annulled
            : !counting.Add(LadderOf(record.Category)) ? RecordState.Replaced
            : record.Until is null || day <= record.Until ? RecordState.Held
            : RecordState.Lapsed;

        Ladder LadderOf(string key)
        {
            var category = reference.Category(key);
            return category.Equivalent is { } other ? reference.Category(other).Ladder : category.Ladder;
        }
    }
}
