namespace PedAtt.Portfolio.Tests.Catalogues;

public sealed class CatalogueContextTests
{
    [Theory]
    [InlineData("teacher-expert", null, "diploma", true)]
    [InlineData("teacher-expert", null, "publications", false)]
    [InlineData("teacher-master", null, "publications", true)]
    [InlineData("teacher-expert", null, "current-category", false)]
    [InlineData("teacher-expert", "teacher-moderator", "current-category", true)]
    public void A_block_is_active_by_the_claimed_category_and_the_one_held(
        string claimed,
        string? current,
        string block,
        bool active
    )
    {
        var catalogue = Given.Catalogue.For(Given.Day, claimed, current, 1);
        Assert.Equal(active, catalogue.IsApplicable(catalogue.Block(block)!));
    }

    [Fact]
    public void Before_its_first_day_there_is_no_block() =>
        Assert.Null(Given.Catalogue.For(new(2019, 12, 31), "teacher-expert", null, 1).Block("diploma"));
}
