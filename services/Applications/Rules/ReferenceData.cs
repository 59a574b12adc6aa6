using System.Text.Json;
using System.Text.Json.Serialization;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Rules;

/// <summary>The steps of each ladder are ordered; <see cref="Legacy"/> holds what nobody can get any more.</summary>
public enum Ladder
{
    Teacher,
    Head,
    DeputyHead,
    Legacy,
}

/// <param name="ValidTo">The last day on which the key may be chosen; null while it has none.</param>
public sealed record ReferenceEntry(
    [property: JsonRequired] string Key,
    [property: JsonRequired] DateOnly ValidFrom,
    DateOnly? ValidTo,
    [property: JsonRequired] Localized Name
)
{
    public bool IsValid(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}

/// <param name="Order">Its step on the ladder, lowest first (the order of paragraph 5 of the Rules).</param>
/// <param name="Claimable">Whether an application can ask for it.</param>
/// <param name="ValidYears">For how many years it is awarded (paragraph 3); null: without a term, so also without a
/// date.</param>
/// <param name="Equivalent">Of a legacy category: the lowest one that it can be turned into (paragraphs 10 and
/// 35).</param>
public sealed record Category(
    [property: JsonRequired] string Key,
    [property: JsonRequired] int Order,
    [property: JsonRequired] Ladder Ladder,
    [property: JsonRequired] bool Claimable,
    int? ValidYears,
    [property: JsonPropertyName("equals")] string? Equivalent,
    [property: JsonRequired] DateOnly ValidFrom,
    DateOnly? ValidTo,
    [property: JsonRequired] Localized Name
)
{
    public bool IsValid(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}

/// <summary>The reference data of reference.json: what a form offers, with effective dates, checked when it is
/// loaded.</summary>
public sealed record ReferenceData(
    [property: JsonRequired] IReadOnlyList<Category> Categories,
    [property: JsonRequired] IReadOnlyList<ReferenceEntry> StatementForms,
    [property: JsonRequired] IReadOnlyList<ReferenceEntry> AttestationKinds,
    [property: JsonRequired] IReadOnlyList<ReferenceEntry> Subjects,
    [property: JsonRequired] IReadOnlyList<ReferenceEntry> Positions,
    [property: JsonRequired] IReadOnlyList<ReferenceEntry> Statuses,
    [property: JsonRequired] IReadOnlyList<ReferenceEntry> RefusalReasons
)
{
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>By key, also one that has run out: an application keeps what it was created with.</summary>
    public Category Category(string key) => Categories.First(category => category.Key == key);

    /// <exception cref="InvalidDataException">A key twice, a legacy category that leads nowhere, a status without a
    /// name.</exception>
    public static ReferenceData Parse(string json)
    {
        var data = JsonSerializer.Deserialize<ReferenceData>(json, Format)!;
        foreach (
            var list in (IReadOnlyList<ReferenceEntry>[])
                [
                    data.StatementForms,
                    data.AttestationKinds,
                    data.Subjects,
                    data.Positions,
                    data.Statuses,
                    data.RefusalReasons,
                ]
        )
        {
            RequireUnique(list.Select(entry => entry.Key));
            RequireNames(list.Select(entry => (entry.Key, entry.Name)));
        }
        RequireUnique(data.Categories.Select(category => category.Key));
        RequireNames(data.Categories.Select(category => (category.Key, category.Name)));
        RequireUnique(data.Categories.Select(category => $"{category.Ladder} {category.Order}"));
        foreach (var category in data.Categories)
        {
            if (category.Ladder == Ladder.Legacy != (category.Equivalent is not null))
                throw new InvalidDataException($"{category.Key}: a legacy category, and only that, equals another.");
            if (
                category.Equivalent is { } other
                && data.Categories.SingleOrDefault(one => one.Key == other) is not { Claimable: true }
            )
                throw new InvalidDataException($"{category.Key} equals {other}, which cannot be claimed.");
            if (category.Claimable && (category.ValidYears is null || CategoryRules.OneBelow(data, category) is null))
                throw new InvalidDataException(
                    $"{category.Key} can be claimed and so needs a term and a category below it."
                );
        }
        if (
            !data
                .Statuses.Select(status => status.Key)
                .SequenceEqual(Enum.GetValues<ApplicationStatus>().Select(KebabCase.Of))
        )
            throw new InvalidDataException("The statuses must be those of the lifecycle.");
        return data;
    }

    private static void RequireUnique(IEnumerable<string> keys)
    {
        var seen = new HashSet<string>();
        foreach (var key in keys)
            if (!seen.Add(key))
                throw new InvalidDataException($"The reference data has {key} twice.");
    }

    private static void RequireNames(IEnumerable<(string Key, Localized Name)> entries)
    {
        foreach (var (key, name) in entries)
            if (
                string.IsNullOrWhiteSpace(name.Kk)
                || string.IsNullOrWhiteSpace(name.Ru)
                || string.IsNullOrWhiteSpace(name.En)
            )
                throw new InvalidDataException($"{key} needs a name in each language.");
    }
}
