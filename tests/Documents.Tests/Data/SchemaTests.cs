using PedAtt.Documents.Data;
using PedAtt.Testing;

namespace PedAtt.Documents.Tests.Data;

public class SchemaTests
{
    [Fact]
    public Task The_migrated_schema_is_the_model() =>
        SchemaAssert.MigratedEqualsModelAsync<DocumentsDb>("documents", options => new DocumentsDb(options));
}
