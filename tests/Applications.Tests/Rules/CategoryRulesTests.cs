using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Tests.Rules;

public sealed class CategoryRulesTests
{
    private static readonly ReferenceData Reference = Given.Rules.Reference;

    [Theory]
    [InlineData("teacher-expert", null, false)]
    [InlineData("teacher-expert", "teacher-moderator", false)]
    [InlineData("teacher-expert", "teacher-expert", false)]
    [InlineData("teacher-expert", "teacher-researcher", true)]
    [InlineData("teacher-moderator", "legacy-second", false)]
    [InlineData("teacher-moderator", "legacy-first", true)]
    [InlineData("teacher-expert", "legacy-first", false)]
    [InlineData("teacher-moderator", "legacy-highest", true)]
    [InlineData("teacher-expert", "legacy-highest", false)]
    [InlineData("deputy-head-third", "teacher-master", false)]
    [InlineData("head-third", "deputy-head-first", false)]
    [InlineData("head-third", "legacy-head-manager", true)]
    [InlineData("deputy-head-third", "deputy-head-second", true)]
    public void Below_the_current_category_is_a_lower_step_of_the_same_ladder(
        string claimed,
        string? current,
        bool isBelow
    ) =>
        Assert.Equal(
            isBelow,
            CategoryRules.IsBelowCurrent(
                Reference,
                Reference.Category(claimed),
                current is null ? null : Reference.Category(current)
            )
        );

    [Theory]
    [InlineData("teacher-moderator", "teacher")]
    [InlineData("teacher-master", "teacher-researcher")]
    [InlineData("head-third", "head")]
    [InlineData("deputy-head-first", "deputy-head-second")]
    public void One_below_is_the_next_step_down_the_ladder(string category, string below) =>
        Assert.Equal(below, CategoryRules.OneBelow(Reference, Reference.Category(category))!.Key);

    [Fact]
    public void Nobody_claims_to_be_a_trainee_a_plain_teacher_or_of_a_legacy_category() =>
        Assert.Equal(
            ["teacher-trainee", "teacher", "head", "deputy-head"],
            Reference
                .Categories.Where(category => !category.Claimable && category.Ladder != Ladder.Legacy)
                .Select(category => category.Key)
        );
}
