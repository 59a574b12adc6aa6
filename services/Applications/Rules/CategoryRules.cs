namespace PedAtt.Applications.Rules;

/// <summary>What may be claimed by whom (paragraphs 5, 10, 12 and 35 of the Rules), and what one level below it
/// is.</summary>
public static class CategoryRules
{
    /// <summary>
    /// Below what the teacher has: a lower step of the same ladder. The same step is a confirmation; another ladder is
    /// a first attestation there (paragraph 12). A legacy category counts as the lowest that it can be turned into.
    /// </summary>
    public static bool IsBelowCurrent(ReferenceData reference, Category claimed, Category? current)
    {
        if (current is null)
            return false;
        var counts = current.Equivalent is { } equivalent ? reference.Category(equivalent) : current;
        return claimed.Ladder == counts.Ladder && claimed.Order < counts.Order;
    }

    /// <summary>One step down the same ladder; null at its foot.</summary>
    public static Category? OneBelow(ReferenceData reference, Category category) =>
        reference.Categories.FirstOrDefault(one => one.Ladder == category.Ladder && one.Order == category.Order - 1);
}
