using PedAtt.Internal;

namespace PedAtt.Applications.Life;

/// <summary>
/// What a move demands of the portfolio and the papers, judged by their sealed facts. Of several broken rules the first
/// one of the public contract's queues is told.
/// </summary>
public static class Readiness
{
    /// <summary>Asked first: what is incomplete needs no question about its statement.</summary>
    public static void RequireComplete(PortfolioFacts portfolio)
    {
        if (!portfolio.Complete || portfolio.Missing.Count > 0)
            throw Broken(
                Codes.PortfolioIncomplete,
                "Every active block is filled before the application is sent.",
                "missing",
                portfolio.Missing
            );
    }

    public static void RequireToSubmit(PortfolioFacts portfolio, DocumentFacts papers)
    {
        RequireComplete(portfolio);
        if (papers.Statement is not { SignedBy: not null })
            throw Problem.Conflict(
                Codes.StatementNotSigned,
                "The statement over the application as it is now is not signed."
            );
        if (portfolio.Unchanged.Count > 0)
            throw Broken(
                Codes.ReturnedBlocksUnchanged,
                "Every returned block is mended before it is sent again.",
                "blocks",
                portfolio.Unchanged
            );
    }

    public static void RequireToReturn(PortfolioFacts portfolio)
    {
        if (portfolio.Returned.Count == 0)
            throw Problem.Conflict(Codes.NothingReturned, "A return needs a block that was returned with a comment.");
    }

    public static void RequireToForward(PortfolioFacts portfolio)
    {
        if (portfolio.NotReviewed.Count > 0)
            throw Broken(
                Codes.BlocksNotReviewed,
                "Every filled block and the ID card is looked at.",
                "blocks",
                portfolio.NotReviewed
            );
        if (portfolio.Returned.Count > 0)
            throw Broken(
                Codes.BlocksReturned,
                "A returned block is mended and accepted first.",
                "blocks",
                portfolio.Returned
            );
        if (portfolio.NotScanned.Count > 0)
            throw Broken(
                SharedCodes.FileNotScanned,
                "Every file is scanned before it leaves the organisation.",
                "blocks",
                portfolio.NotScanned
            );
        // A file that was found infected after the submission counts as missing: its block has to be returned.
        if (portfolio.Missing.Count > 0)
            throw Broken(
                Codes.PortfolioIncomplete,
                "A file that was found infected counts as missing.",
                "missing",
                portfolio.Missing
            );
    }

    /// <param name="kind">acceptance or refusal</param>
    public static ReceiptFacts RequireReceipt(DocumentFacts papers, string kind) =>
        papers.Receipt is { IsSigned: true } receipt && receipt.Kind == kind
            ? receipt
            : throw Problem.Conflict(
                Codes.ReceiptNotSigned,
                $"The receipt of {kind} of the current submission is not signed."
            );

    private static Problem Broken(string code, string text, string fact, IReadOnlyList<string> blocks) =>
        Problem.Conflict(code, text, (fact, blocks));
}
