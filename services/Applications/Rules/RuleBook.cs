using PedAtt.Applications.Year;

namespace PedAtt.Applications.Rules;

/// <summary>
/// The rules in force, as data: what a form offers, who decides, how days are counted. Handed to whatever judges by
/// them, so that there can be more than one edition of them.
/// </summary>
public sealed class RuleBook(ReferenceData reference, DecidingBodies deciding, WorkingDays days)
{
    public ReferenceData Reference => reference;

    public DecidingBodies Deciding => deciding;

    public WorkingDays Days => days;

    /// <summary>The edition that comes with the service.</summary>
    /// <exception cref="InvalidDataException">Its data contradicts itself.</exception>
    public static RuleBook Shipped()
    {
        var reference = ReferenceData.Parse(Data("Rules.reference.json"));
        return new(
            reference,
            DecidingBodies.Parse(Data("Rules.deciding-levels.json"), reference),
            WorkingDays.Parse(Data("Year.working-days.json"))
        );
    }

    private static string Data(string name)
    {
        using var stream = typeof(RuleBook).Assembly.GetManifestResourceStream($"PedAtt.Applications.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
