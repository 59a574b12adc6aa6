using PedAtt.Applications.Commission;
using PedAtt.Applications.Filing;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Tests.Commission;

public sealed class DecisionFormTests
{
    private static readonly DecisionForm Meets = new("meets", null, null, "7", new DateOnly(2027, 3, 15), null);

    private static (Decision? Decision, string[] Errors) Check(DecisionForm form, ApplicationFields? fields = null)
    {
        var errors = new List<string>();
        var decision = form.Check(
            Given.Rules.Reference,
            fields ?? Given.Fields(),
            (field, code) => errors.Add($"{field} {code}")
        );
        return (decision, [.. errors]);
    }

    [Fact]
    public void Who_meets_is_awarded_the_claimed_category_for_five_years() =>
        Assert.Equal(
            new Decision(
                ApplicationStatus.Meets,
                "teacher-expert",
                false,
                "7",
                new(2027, 3, 15),
                new(2032, 3, 15),
                null
            ),
            Check(Meets).Decision
        );

    [Fact]
    public void A_head_is_awarded_for_three_years() =>
        Assert.Equal(new DateOnly(2030, 3, 15), Check(Meets, Given.Fields("head-second", null)).Decision!.ValidUntil);

    [Fact]
    public void One_level_lower_is_one_below_the_claimed_category()
    {
        var lower = Meets with { Outcome = "one-level-lower", Reason = "Балл ОЗП" };
        Assert.Equal("teacher-moderator", Check(lower).Decision!.AwardedCategory);
        var teacher = Check(lower, Given.Fields("teacher-moderator", null)).Decision!;
        Assert.Equal(("teacher", null), (teacher.AwardedCategory, teacher.ValidUntil));
    }

    [Fact]
    public void Who_does_not_meet_keeps_the_current_category_until_it_runs_out_unless_said_otherwise()
    {
        var not = Meets with { Outcome = "does-not-meet", Reason = "Нет наблюдений" };
        var kept = Check(not).Decision!;
        Assert.Equal(
            (null, true, new DateOnly(2027, 5, 31)),
            (kept.AwardedCategory, kept.KeepsCurrent, kept.ValidUntil)
        );
        var lost = Check(not with { KeepsCurrent = false }).Decision!;
        Assert.Equal((null, false, null), (lost.AwardedCategory, lost.KeepsCurrent, lost.ValidUntil));
        Assert.False(Check(not, Given.Fields(current: null)).Decision!.KeepsCurrent);
        Assert.Equal(
            "teacher-moderator",
            Check(not with { AwardedCategory = "teacher-moderator" }).Decision!.AwardedCategory
        );
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        Assert.Equal(
            ["outcome required", "protocolNumber required", "protocolDate required"],
            Check(new(null, null, null, null, null, null)).Errors
        );
        Assert.Equal(["outcome unknown-key"], Check(Meets with { Outcome = "new" }).Errors);
        Assert.Equal(["reason required"], Check(Meets with { Outcome = "does-not-meet" }).Errors);
        Assert.Equal(["reason required"], Check(Meets with { Outcome = "one-level-lower" }).Errors);
        Assert.Equal(["awardedCategory unknown-key"], Check(Meets with { AwardedCategory = "other" }).Errors);
        Assert.Equal(
            ["awardedCategory awarded-category.not-of-outcome"],
            Check(Meets with { AwardedCategory = "teacher-master" }).Errors
        );
        Assert.Equal(
            ["keepsCurrent keeps-current.no-category"],
            Check(Meets with { KeepsCurrent = true }, Given.Fields(current: null)).Errors
        );
    }
}
