using PedAtt.Testing;

namespace PedAtt.Notifications.Tests.Data;

public class SchemaTests
{
    [Fact]
    public Task The_migrated_schema_is_the_model() =>
        SchemaAssert.MigratedEqualsModelAsync<NotificationsDb>(
            "notifications",
            options => new NotificationsDb(options)
        );
}
