using PedAtt.Internal;
using PedAtt.Portfolio.Catalogues;

namespace PedAtt.Portfolio.Access;

/// <summary>The catalogue for an application, by what Applications tells of it.</summary>
public static class CatalogueContexts
{
    public static CatalogueContext For(this Catalogue catalogue, ApplicationFacts application) =>
        catalogue.For(
            application.Data.FilingDate,
            application.Data.ClaimedCategory.Key,
            application.Data.CurrentCategory?.Key,
            application.EditVersion
        );

    public static CatalogueContext For(this Catalogue catalogue, PortfolioFreeze freeze) =>
        catalogue.For(freeze.FilingDate, freeze.ClaimedCategory, freeze.CurrentCategory, freeze.EditVersion);

    public static CatalogueContext For(this Catalogue catalogue, ReturnedBlocksQuery query) =>
        catalogue.For(query.FilingDate, query.ClaimedCategory, query.CurrentCategory, query.EditVersion);
}
