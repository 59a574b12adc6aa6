using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Entries;

/// <summary>What a block must allow before an entry of it changes.</summary>
public static class EntryRules
{
    /// <exception cref="Problem">404: no such block on the application's filing date</exception>
    public static BlockDefinition RequireBlock(this CatalogueContext catalogue, string key) =>
        catalogue.Block(key) ?? throw Problem.NotFound();

    /// <exception cref="Problem">portfolio.locked, block.not-applicable, block.not-returned</exception>
    public static void RequireOpen(ApplicationAccess access, CatalogueContext catalogue, BlockDefinition block)
    {
        if (access.Facts.Open.Any && !catalogue.IsApplicable(block))
            throw Problem.Conflict(Codes.BlockNotApplicable, "The block is not active for this application.");
        access.RequireOpen(block.Key);
    }

    /// <exception cref="Problem">block.single-entry, block.full</exception>
    public static void RequireRoom(BlockDefinition block, int entries)
    {
        if (!block.Multiple && entries > 0)
            throw Problem.Conflict(Codes.BlockSingleEntry, "The block holds one entry.");
        if (entries >= Quotas.MaxEntries)
            throw Problem.Conflict(Codes.BlockFull, "The block holds as many entries as a block may.");
    }
}
