namespace PedAtt.Documents.Tests.Trust;

public sealed class GetTrustTests(DocumentsService service)
{
    [Fact]
    public async Task Anybody_learns_whether_test_keys_count()
    {
        using var anybody = service.CreateClient();
        using var answer = await anybody.GetAsync("/api/documents/trust");
        Assert.Equal("test", (await answer.ReadAsync(200)).GetProperty("profile").GetString());
    }
}
