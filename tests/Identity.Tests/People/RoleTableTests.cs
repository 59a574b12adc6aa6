namespace PedAtt.Identity.Tests.People;

/// <summary>The whole table: who may give which role on which level. What is not written here is refused.</summary>
public sealed class RoleTableTests
{
    /// <summary>Role: on which level, by the administrators of which levels (R republic, r region, d district, o
    /// organisation).</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Law = new()
    {
        ["teacher"] = new() { ["organisation"] = "Rrdo" },
        ["secretary"] = new() { ["organisation"] = "Rrdo" },
        ["head"] = new() { ["organisation"] = "Rrd", ["district"] = "Rrd" },
        ["executor"] = new()
        {
            ["district"] = "Rrd",
            ["region"] = "Rrd",
            ["republic"] = "Rrd",
        },
        ["commission-member"] = new()
        {
            ["organisation"] = "Rrdo",
            ["district"] = "Rrdo",
            ["region"] = "Rrdo",
            ["republic"] = "Rrdo",
        },
        ["commission-chair"] = new()
        {
            ["organisation"] = "Rrdo",
            ["district"] = "Rrdo",
            ["region"] = "Rrdo",
            ["republic"] = "Rrdo",
        },
        ["administrator"] = new()
        {
            ["republic"] = "R",
            ["region"] = "R",
            ["district"] = "Rr",
            ["organisation"] = "Rrd",
        },
    };

    public static TheoryData<string, string, string> Cells =>
        [
            .. from administrator in Levels.All
            from role in Roles.All
            from level in Levels.All
            select (administrator, role, level),
        ];

    [Fact]
    public void Every_role_is_in_the_law() => Assert.Equal(Roles.All.Order(), Law.Keys.Order());

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_role_is_given_on_its_levels_by_who_may(string administrator, string role, string level)
    {
        var by = Law[role].GetValueOrDefault(level, "");
        Assert.Equal(by.Length > 0, RoleTable.SitsOn(role, level));
        Assert.Equal(by.Contains(LetterOf(administrator)), RoleTable.MayIssue(administrator, role, level));
        Assert.True(RoleTable.Exists(role));
    }

    [Fact]
    public void What_is_no_role_is_given_nowhere()
    {
        Assert.False(RoleTable.Exists("king"));
        Assert.DoesNotContain(
            Levels.All,
            level => RoleTable.SitsOn("king", level) || RoleTable.MayIssue("republic", "king", level)
        );
    }

    private static char LetterOf(string level) => level == Levels.Republic ? 'R' : level[0];
}
