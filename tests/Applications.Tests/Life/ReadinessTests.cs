using PedAtt.Applications.Life;
using PedAtt.Internal;

namespace PedAtt.Applications.Tests.Life;

public sealed class ReadinessTests
{
    private static readonly PortfolioFacts Ready = new(true, [], [], [], [], [], [], []);
    private static readonly StatementFacts Statement = new(Guid.NewGuid(), "1", "00", "cms");
    private static readonly DocumentFacts Signed = new(Statement, null);

    private static void Refuses(string code, string? fact, Action judge)
    {
        var refused = Assert.Throws<Problem>(judge);
        Assert.Equal((code, 409), (refused.Code, refused.Status));
        Assert.Equal(fact is null ? [] : [fact], refused.Extensions.Keys);
        if (fact is not null)
            Assert.Equal(["diploma"], (IReadOnlyList<string>)refused.Extensions[fact]);
    }

    [Fact]
    public void A_complete_portfolio_with_a_signed_statement_is_ready_to_be_sent()
    {
        Readiness.RequireToSubmit(Ready, Signed);
        Readiness.RequireToSubmit(Ready, new(Statement with { SignedBy = "scan" }, null));
    }

    [Fact]
    public void Sending_is_refused_in_the_order_of_the_contract()
    {
        var everything = Ready with { Complete = false, Missing = ["diploma"], Unchanged = ["diploma"] };
        Refuses("portfolio.incomplete", "missing", () => Readiness.RequireToSubmit(everything, new(null, null)));
        everything = everything with { Complete = true, Missing = [] };
        Refuses("statement.not-signed", null, () => Readiness.RequireToSubmit(everything, new(null, null)));
        Refuses(
            "statement.not-signed",
            null,
            () => Readiness.RequireToSubmit(everything, new(Statement with { SignedBy = null }, null))
        );
        Refuses("returned-blocks.unchanged", "blocks", () => Readiness.RequireToSubmit(everything, Signed));
    }

    [Fact]
    public void A_return_needs_a_returned_block()
    {
        Refuses("nothing-returned", null, () => Readiness.RequireToReturn(Ready));
        Readiness.RequireToReturn(Ready with { Returned = ["diploma"] });
    }

    [Fact]
    public void Forwarding_is_refused_in_the_order_of_the_contract()
    {
        Readiness.RequireToForward(Ready);
        var everything = Ready with
        {
            NotReviewed = ["diploma"],
            Returned = ["diploma"],
            NotScanned = ["diploma"],
            Missing = ["diploma"],
        };
        Refuses("blocks.not-reviewed", "blocks", () => Readiness.RequireToForward(everything));
        everything = everything with { NotReviewed = [] };
        Refuses("blocks.returned", "blocks", () => Readiness.RequireToForward(everything));
        everything = everything with { Returned = [] };
        Refuses("file.not-scanned", "blocks", () => Readiness.RequireToForward(everything));
        Refuses(
            "portfolio.incomplete",
            "missing",
            () => Readiness.RequireToForward(everything with { NotScanned = [] })
        );
    }

    [Theory]
    [InlineData("acceptance", true, true)]
    [InlineData("acceptance", false, false)]
    [InlineData("refusal", true, false)]
    public void A_receipt_counts_signed_and_of_the_right_kind(string kind, bool isSigned, bool counts)
    {
        DocumentFacts papers = new(null, new(Guid.NewGuid(), "1", kind, "00", isSigned, []));
        if (counts)
            Assert.Equal(papers.Receipt, Readiness.RequireReceipt(papers, "acceptance"));
        else
            Refuses("receipt.not-signed", null, () => Readiness.RequireReceipt(papers, "acceptance"));
        Refuses("receipt.not-signed", null, () => Readiness.RequireReceipt(new(null, null), "acceptance"));
    }
}
