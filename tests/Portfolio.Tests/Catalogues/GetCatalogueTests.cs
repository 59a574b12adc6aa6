namespace PedAtt.Portfolio.Tests.Catalogues;

public sealed class GetCatalogueTests(PortfolioService service)
{
    [Fact]
    public async Task Every_block_that_was_ever_in_force_is_told_with_its_dates()
    {
        using var somebody = service.As(Guid.CreateVersion7());
        using var answer = await somebody.GetAsync("/api/portfolios/catalogue");
        var catalogue = await answer.ReadAsync(200);
        Assert.Equal(
            Given.Catalogue.Sections.SelectMany(section => section.Blocks).Select(block => block.Key),
            catalogue
                .GetProperty("sections")
                .EnumerateArray()
                .SelectMany(section => section.GetProperty("blocks").EnumerateArray())
                .Select(block => block.GetProperty("key").GetString())
        );
        Assert.Equal("2020-01-01", catalogue.Block("diploma").GetProperty("validFrom").GetString());
        using var nobody = service.CreateClient();
        using var refused = await nobody.GetAsync("/api/portfolios/catalogue");
        await refused.RefusedAsync(401, "not-signed-in");
    }
}
