using PedAtt.Internal;
using PedAtt.Portfolio.Access;

namespace PedAtt.Portfolio.Tests.Access;

public sealed class OpenBlocksTests(PortfolioService service)
{
    [Theory]
    [InlineData(true, "", "diploma", null)]
    [InlineData(false, "", "diploma", "portfolio.locked")]
    [InlineData(false, "essay", "diploma", "block.not-returned")]
    [InlineData(false, "diploma", "diploma", null)]
    [InlineData(false, "identity-card", "photo", null)]
    [InlineData(false, "diploma", "photo", "block.not-returned")]
    public void A_block_is_open_with_everything_or_once_returned(
        bool everything,
        string returned,
        string block,
        string? code
    )
    {
        var facts = service.Filings.File(Guid.CreateVersion7()) with
        {
            Open = new Openness(everything, returned.Length > 0 ? [returned] : []),
        };
        var access = new ApplicationAccess(true, [Roles.Teacher], [], facts);
        Assert.Equal(code, Record.Exception(() => access.RequireOpen(block)) is Problem problem ? problem.Code : null);
    }
}
