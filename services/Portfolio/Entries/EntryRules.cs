using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;

namespace PedAtt.Portfolio.Entries;

/// <summary>What a block must allow before an entry of it changes.</summary>
public static class EntryRules
{
    /// <exception cref="Problem">404: no such block on the application's filing date</exception>
    public static BlockDefinition Block(ApplicationAccess access, string key) =>
        Catalogue.Current.On(access.Facts.Data.FilingDate).SelectMany(section => section.Blocks)
            .FirstOrDefault(block => block.Key == key) ?? throw Problem.NotFound();

    /// <exception cref="Problem">portfolio.locked, block.not-applicable, block.not-returned</exception>
    public static void RequireOpen(ApplicationAccess access, BlockDefinition block, PortfolioState state)
    {
        if (access.Facts.Open.Any && !state.IsApplicable(block))
            throw Problem.Conflict("block.not-applicable", "The block is not active for this application.");
        access.RequireOpen(block.Key);
    }

    /// <exception cref="Problem">block.single-entry</exception>
    public static void RequireRoom(BlockDefinition block, PortfolioState state)
    {
        if (!block.Multiple && state.EntriesOf(block.Key).Any())
            throw Problem.Conflict("block.single-entry", "The block holds one entry.");
    }
}
