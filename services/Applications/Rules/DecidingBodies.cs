using System.Text.Json;
using System.Text.Json.Serialization;
using PedAtt.Applications.Organisations;

namespace PedAtt.Applications.Rules;

/// <param name="DecidingLevel">The level of the body that decides.</param>
/// <param name="AcceptingOrganisationId">Whose executor accepts the documents.</param>
/// <param name="DecidingOrganisationId">Whose commission decides.</param>
public sealed record Competence(Level DecidingLevel, Guid AcceptingOrganisationId, Guid DecidingOrganisationId);

/// <summary>
/// Who decides: the claimed category times the organisation's subordination, as data in deciding-levels.json
/// (paragraph 19 of the Rules; docs and domain call the levels organisation, district, region, republic).
/// </summary>
public sealed class DecidingBodies
{
    private static readonly string[] Subordinations = ["district", "region", "republic", "branch"];

    private readonly Row[] rows;

    private DecidingBodies(Row[] rows) => this.rows = rows;

    /// <param name="path">From the teacher's organisation up to the republic.</param>
    public Competence Of(string claimedCategory, IReadOnlyList<Organisation> path, DateOnly day)
    {
        var level = LevelOf(claimedCategory, path[0].Subordination, day);
        var deciding = Body(level, path);
        // What the organisation itself decides is accepted by the district's executor.
        var accepting = level == Level.Organisation ? Body(Level.District, path) : deciding;
        return new(deciding.Level, accepting.Id, deciding.Id);
    }

    /// <exception cref="Problem">409 rules.not-in-force: no row says who decides on that day</exception>
    public Level LevelOf(string claimedCategory, string subordination, DateOnly day)
    {
        var row =
            rows.FirstOrDefault(row =>
                row.Categories.Contains(claimedCategory)
                && row.ValidFrom <= day
                && (row.ValidTo is null || day <= row.ValidTo)
            )
            ?? throw Problem.Conflict(
                Codes.RulesNotInForce,
                "No rule in force on that day says who decides on this category."
            );
        return row.Levels.GetValueOrDefault(subordination, row.Levels["district"]);
    }

    /// <summary>The nearest organisation of that level; where the tree has none (a city without districts), the next
    /// one up.</summary>
    private static Organisation Body(Level level, IReadOnlyList<Organisation> path) =>
        path.Where(organisation => organisation.Level >= level).MinBy(organisation => organisation.Level) ?? path[^1];

    /// <exception cref="InvalidDataException">A category that nobody or two decide on, a subordination without a
    /// level.</exception>
    public static DecidingBodies Parse(string json, ReferenceData reference)
    {
        var rows = JsonSerializer.Deserialize<Row[]>(json, ReferenceData.Format)!;
        foreach (var category in reference.Categories.Where(category => category.Claimable))
            if (rows.Count(row => row.Categories.Contains(category.Key) && row.ValidTo is null) != 1)
                throw new InvalidDataException($"deciding-levels.json must say once who decides on {category.Key}.");
        if (rows.Any(row => !Subordinations.All(row.Levels.ContainsKey)))
            throw new InvalidDataException("deciding-levels.json must name a level for each subordination.");
        return new(rows);
    }

    private sealed record Row(
        [property: JsonRequired] string[] Categories,
        [property: JsonRequired] Dictionary<string, Level> Levels,
        [property: JsonRequired] DateOnly ValidFrom,
        DateOnly? ValidTo
    );
}
