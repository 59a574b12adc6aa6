using PedAtt.Testing;

namespace PedAtt.Identity.Tests.Data;

public class SchemaTests
{
    [Fact]
    public Task The_migrated_schema_is_the_model() =>
        SchemaAssert.MigratedEqualsModelAsync<IdentityDb>("identity", options => new IdentityDb(options));
}
