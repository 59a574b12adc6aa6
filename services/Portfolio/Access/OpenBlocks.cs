using PedAtt.Internal;
using PedAtt.Portfolio.Catalogues;

namespace PedAtt.Portfolio.Access;

/// <summary>What of a portfolio is open, judged by what Applications answered.</summary>
public static class OpenBlocks
{
    /// <exception cref="Problem">portfolio.locked</exception>
    public static void RequireAnyOpen(this ApplicationAccess access)
    {
        if (!access.Facts.Open.Any)
            throw Problem.Conflict(Codes.PortfolioLocked, "The portfolio is being looked at, or was decided on.");
    }

    /// <exception cref="Problem">portfolio.locked, block.not-returned</exception>
    public static void RequireOpen(this ApplicationAccess access, string block)
    {
        access.RequireAnyOpen();
        var open = access.Facts.Open;
        // The photo stands beside the ID card and follows it.
        if (!open.Everything && !open.Blocks.Contains(block == Catalogue.Photo ? Catalogue.IdentityCard : block))
            throw Problem.Conflict(Codes.BlockNotReturned, "Only what was returned may be changed.");
    }
}
