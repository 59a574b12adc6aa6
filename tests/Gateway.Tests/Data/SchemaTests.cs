using PedAtt.Gateway.Data;
using PedAtt.Testing;

namespace PedAtt.Gateway.Tests.Data;

public class SchemaTests
{
    [Fact]
    public Task The_migrated_schema_is_the_model() =>
        SchemaAssert.MigratedEqualsModelAsync<GatewayDb>("gateway", options => new GatewayDb(options));
}
