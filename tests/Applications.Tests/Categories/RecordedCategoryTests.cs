using PedAtt.Applications.Categories;

namespace PedAtt.Applications.Tests.Categories;

/// <summary>What counts of a person's records on a day.</summary>
public sealed class RecordedCategoryTests
{
    private static CategoryRecord Record(
        string category,
        string from,
        string? until,
        DateTimeOffset? annulled = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Category = category,
            From = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            Until = until is null ? null : DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture),
            Basis = RecordBasis.BeforeCommissions,
            OrderNumber = "17-НҚ",
            OrderDate = new(2022, 5, 5),
            RecordedAt = Given.Morning,
            AnnulledAt = annulled,
        };

    private static IEnumerable<string> On(string day, params CategoryRecord[] records) =>
        RecordedCategory
            .Of(records, Given.Rules.Reference, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))
            .Select(one => $"{one.Category} {KebabCase.Of(one.State)}");

    [Theory]
    [InlineData("2027-05-05", "held")]
    [InlineData("2027-05-06", "lapsed")]
    public void A_category_is_held_through_its_last_day(string day, string state) =>
        Assert.Equal([$"teacher-expert {state}"], On(day, Record("teacher-expert", "2022-05-05", "2027-05-05")));

    [Fact]
    public void The_newest_on_a_ladder_replaces_what_was_before_also_where_it_has_lapsed() =>
        Assert.Equal(
            ["teacher-expert lapsed", "teacher-moderator replaced"],
            On(
                "2026-11-20",
                Record("teacher-moderator", "2020-01-10", "2027-01-10"),
                Record("teacher-expert", "2021-03-01", "2026-03-01")
            )
        );

    [Fact]
    public void A_heads_category_stands_beside_a_teachers_and_a_legacy_one_on_the_ladder_it_turns_into() =>
        Assert.Equal(
            ["head-second held", "teacher-expert held", "legacy-first replaced"],
            On(
                "2026-11-20",
                Record("legacy-first", "2016-02-01", "2021-02-01"),
                Record("teacher-expert", "2022-02-01", "2027-02-01"),
                Record("head-second", "2025-02-01", "2028-02-01")
            )
        );

    [Fact]
    public void What_was_annulled_replaces_nothing() =>
        Assert.Equal(
            ["teacher-expert annulled", "teacher-moderator held"],
            On(
                "2026-11-20",
                Record("teacher-moderator", "2023-01-10", "2028-01-10"),
                Record("teacher-expert", "2025-03-01", "2030-03-01", Given.Morning)
            )
        );
}
