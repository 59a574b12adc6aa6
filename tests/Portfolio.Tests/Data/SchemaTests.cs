using PedAtt.Portfolio.Data;
using PedAtt.Testing;

namespace PedAtt.Portfolio.Tests.Data;

public class SchemaTests
{
    [Fact]
    public Task The_migrated_schema_is_the_model() =>
        SchemaAssert.MigratedEqualsModelAsync<PortfolioDb>("portfolio", options => new PortfolioDb(options));
}
