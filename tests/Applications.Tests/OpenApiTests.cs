namespace PedAtt.Applications.Tests;

public sealed class OpenApiTests(ApplicationsService service)
{
    [Fact]
    public async Task The_document_tells_the_public_calls_and_no_internal_one()
    {
        var paths = (await service.CreateClient().GetAsync("/openapi/v1.json").JsonAsync()).GetProperty("paths")
            .EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name} {path.Name}")).Order();
        Assert.Equal(
            new[]
            {
                "get /api/applications", "post /api/applications", "get /api/applications/reference", "get /api/applications/summary",
                "post /api/applications/search", "get /api/applications/{id}", "put /api/applications/{id}",
                "delete /api/applications/{id}", "get /api/applications/{id}/submissions", "post /api/applications/{id}/submit",
                "post /api/applications/{id}/return", "post /api/applications/{id}/forward", "post /api/applications/{id}/accept",
                "post /api/applications/{id}/refuse", "post /api/applications/{id}/send-to-commission",
                "post /api/applications/{id}/decide",
            }.Order(),
            paths);
    }
}
