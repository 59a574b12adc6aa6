using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Tests.Reviews;

public sealed class ReviewTests
{
    [Theory]
    [InlineData("diploma", 1, null, false)]
    [InlineData("diploma", 1, 4, false)]
    [InlineData("diploma", 9, 5, false)]
    [InlineData("diploma", 1, 6, true)]
    [InlineData("application", 2, 6, false)]
    [InlineData("application", 3, null, true)]
    public void A_block_is_mended_by_a_later_change_and_the_applications_data_by_a_later_edit(
        string block,
        int edit,
        int? changedAt,
        bool mended
    ) =>
        Assert.Equal(
            mended,
            new Review
            {
                ApplicationId = Guid.Empty,
                Block = block,
                Submission = 1,
                Verdict = Verdict.Returned,
                At = DateTimeOffset.UnixEpoch,
                ById = Guid.Empty,
                Version = 5,
                EditVersion = 2,
            }.IsMended(edit, changedAt)
        );
}
