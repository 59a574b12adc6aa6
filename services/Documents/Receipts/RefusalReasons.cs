namespace PedAtt.Documents.Receipts;

/// <summary>The grounds for a refusal, Annex 1, row 9 of the Rules; the same keys as in the reference data of
/// Applications.</summary>
public static class RefusalReasons
{
    public static readonly IReadOnlyDictionary<string, Localized> All = new Dictionary<string, Localized>
    {
        ["unreliable-data"] = new(
            "құжаттардың немесе мәліметтердің анық еместігі",
            "недостоверность документов или сведений",
            "unreliable documents or data"
        ),
        ["does-not-meet-requirements"] = new(
            "материалдардың талаптарға сәйкес келмеуі",
            "несоответствие материалов требованиям",
            "the materials do not meet the requirements"
        ),
        ["no-consent"] = new(
            "қолжетімділігі шектеулі дербес деректерге қол жеткізуге келісімнің болмауы",
            "отсутствие согласия на доступ к персональным данным ограниченного доступа",
            "no consent to the access to personal data"
        ),
    };
}
