using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Tests.Rules;

/// <summary>Paragraph 19 of the Rules, row by row.</summary>
public sealed class DecidingBodiesTests
{
    [Theory]
    [InlineData("teacher-moderator", "district", Level.Organisation)]
    [InlineData("teacher-moderator", "region", Level.Organisation)]
    [InlineData("teacher-moderator", "republic", Level.Organisation)]
    [InlineData("teacher-moderator", "branch", Level.Organisation)]
    [InlineData("teacher-expert", "district", Level.District)]
    [InlineData("teacher-expert", "region", Level.Region)]
    [InlineData("teacher-expert", "republic", Level.Republic)]
    [InlineData("teacher-expert", "branch", Level.Republic)]
    [InlineData("teacher-researcher", "district", Level.Region)]
    [InlineData("teacher-researcher", "region", Level.Region)]
    [InlineData("teacher-researcher", "republic", Level.Republic)]
    [InlineData("teacher-master", "district", Level.Republic)]
    [InlineData("teacher-master", "region", Level.Republic)]
    [InlineData("deputy-head-third", "district", Level.District)]
    [InlineData("deputy-head-second", "region", Level.Region)]
    [InlineData("deputy-head-first", "district", Level.Region)]
    [InlineData("head-third", "district", Level.District)]
    [InlineData("head-second", "republic", Level.Republic)]
    [InlineData("head-first", "district", Level.Region)]
    [InlineData("head-first", "branch", Level.Republic)]
    public void The_claimed_category_and_the_subordination_say_who_decides(
        string category,
        string subordination,
        Level level
    ) => Assert.Equal(level, Given.Rules.Deciding.LevelOf(category, subordination, Given.Today));

    [Fact]
    public void What_the_organisation_decides_is_accepted_by_the_district()
    {
        var given = new Given();
        var competence = Given.Rules.Deciding.Of("teacher-moderator", given.Path, Given.Today);
        Assert.Equal(new Competence(Level.Organisation, given.District.Id, given.School.Id), competence);
    }

    [Fact]
    public void A_day_before_the_first_rule_is_a_problem_with_a_name() =>
        Assert.Equal(
            "rules.not-in-force",
            Assert
                .Throws<Problem>(() =>
                    Given.Rules.Deciding.LevelOf("teacher-expert", "district", new DateOnly(2020, 1, 1))
                )
                .Code
        );

    [Fact]
    public void Where_a_city_has_no_districts_the_next_level_up_is_competent()
    {
        var given = new Given();
        var competence = Given.Rules.Deciding.Of(
            "teacher-expert",
            [given.School, given.Region, given.Republic],
            Given.Today
        );
        Assert.Equal(new Competence(Level.Region, given.Region.Id, given.Region.Id), competence);
    }
}
