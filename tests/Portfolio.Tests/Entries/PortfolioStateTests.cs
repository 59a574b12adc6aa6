using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class PortfolioStateTests
{
    [Fact]
    public void An_empty_portfolio_misses_the_ID_card_and_every_active_block_but_what_is_had_if_any()
    {
        var missing = new Given().State.Missing;
        Assert.Equal("identity-card", missing[0]);
        Assert.Contains("diploma", missing);
        Assert.Contains("essay", missing);
        foreach (
            var optional in (string[])
                [
                    "awards",
                    "retraining",
                    "creative-groups",
                    "class-leadership",
                    "current-category",
                    "publications",
                    "photo",
                ]
        )
            Assert.DoesNotContain(optional, missing);
        Assert.Empty(new Given().Complete().State.Missing);
    }

    [Fact]
    public void The_current_category_is_asked_of_who_has_one()
    {
        Assert.Equal(BlockStatus.NotApplicable, new Given().State.StatusOf("current-category"));
        Assert.Contains("current-category", new Given(current: "teacher-moderator").State.Missing);
        Assert.Equal(BlockStatus.Empty, new Given(current: "teacher-moderator").State.StatusOf("current-category"));
    }

    [Fact]
    public void A_block_for_higher_categories_is_asked_of_who_claims_one()
    {
        Assert.Equal(BlockStatus.NotApplicable, new Given("teacher-expert").State.StatusOf("publications"));
        Assert.Contains("publications", new Given("teacher-master").State.Missing);
    }

    [Fact]
    public void An_infected_file_counts_as_missing_one_that_waits_for_its_scan_does_not()
    {
        var given = new Given().Complete();
        given.Found("diploma", ScanState.Pending);
        Assert.Empty(given.State.Missing);
        Assert.Equal(["diploma"], given.State.NotScanned);
        given.Found("diploma", ScanState.Infected);
        Assert.Equal(["diploma"], given.State.Missing);
        Assert.Empty(given.State.NotScanned);
        // Also where the file was not asked for, and where the block was not.
        given
            .Found("diploma", ScanState.Clean)
            .Found("essay", ScanState.Infected)
            .Fill("awards", ScanState.Infected)
            .Found("identity-card", ScanState.Infected);
        Assert.Equal(["identity-card", "essay", "awards"], given.State.Missing);
    }

    [Fact]
    public void A_block_is_empty_filled_reviewed_and_after_mending_filled_again_with_its_review_kept()
    {
        var given = new Given();
        Assert.Equal(BlockStatus.Empty, given.State.StatusOf("diploma"));
        given.Fill("diploma");
        Assert.Equal(BlockStatus.Filled, given.State.StatusOf("diploma"));
        given.Review(Verdict.Accepted, "diploma");
        Assert.Equal(BlockStatus.Accepted, given.State.StatusOf("diploma"));
        given.Review(Verdict.Returned, "diploma");
        Assert.Equal(BlockStatus.Returned, given.State.StatusOf("diploma"));
        Assert.Equal(["diploma"], given.State.Returned);
        Assert.Equal(["diploma"], given.State.Unchanged(["diploma"]));
        given.Changed("diploma");
        Assert.Equal(BlockStatus.Filled, given.State.StatusOf("diploma"));
        Assert.Equal(Verdict.Returned, given.State.LastReview("diploma")!.Verdict);
        Assert.Empty(given.State.Returned);
        Assert.Empty(given.State.Unchanged(["diploma"]));
        given.Empty("diploma");
        Assert.Equal(BlockStatus.Empty, given.State.StatusOf("diploma"));
    }

    [Fact]
    public void The_ID_card_is_reviewed_like_a_block()
    {
        var given = new Given().Fill("identity-card").Review(Verdict.Returned, "identity-card");
        Assert.Equal(["identity-card"], given.State.Returned);
        given.Changed("identity-card");
        Assert.Equal(BlockStatus.Filled, given.State.StatusOf("identity-card"));
    }

    [Fact]
    public void The_applications_own_data_is_filled_from_the_start_and_mended_by_an_edit()
    {
        var given = new Given();
        Assert.Equal(BlockStatus.Filled, given.State.StatusOf("application"));
        given.Review(Verdict.Returned, "application");
        Assert.Equal(["application"], given.State.Unchanged(["application"]));
        given.EditVersion++;
        Assert.Empty(given.State.Unchanged(["application"]));
        Assert.Equal(BlockStatus.Filled, given.State.StatusOf("application"));
    }

    [Fact]
    public void A_forward_needs_every_filled_block_and_the_ID_card_looked_at_since_they_changed()
    {
        var given = new Given().Complete().Fill("awards");
        Assert.Equal(given.Filled.Order(), given.State.NotReviewed.Order());
        given.Review(Verdict.Accepted, given.Filled);
        Assert.Empty(given.State.NotReviewed);
        given.Changed("awards");
        Assert.Equal(["awards"], given.State.NotReviewed);
        // The application's data only once it was returned and edited.
        given.Review(Verdict.Accepted, "awards").EditVersion++;
        Assert.Empty(given.State.NotReviewed);
        given.Review(Verdict.Returned, "application").EditVersion++;
        Assert.Equal(["application"], given.State.NotReviewed);
        given.Review(Verdict.Accepted, "application");
        Assert.Empty(given.State.NotReviewed);
    }

    [Fact]
    public void After_a_refusal_unchanged_blocks_keep_their_review()
    {
        var given = new Given().Complete();
        given.Review(Verdict.Accepted, given.Filled);
        given.Changed("diploma");
        given.EditVersion++;
        Assert.Equal(["diploma"], given.State.NotReviewed);
        Assert.Equal(BlockStatus.Accepted, given.State.StatusOf("essay"));
    }

    [Fact]
    public void Who_drops_their_category_need_not_mend_its_block()
    {
        var given = new Given(current: null)
            .Complete()
            .Fill("current-category")
            .Review(Verdict.Accepted, "application");
        Assert.Equal(BlockStatus.NotApplicable, given.State.StatusOf("current-category"));
        Assert.DoesNotContain("current-category", given.State.NotReviewed);
        Assert.Empty(given.State.Missing);
    }
}
