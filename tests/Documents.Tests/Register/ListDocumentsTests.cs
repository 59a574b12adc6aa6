namespace PedAtt.Documents.Tests.Register;

public sealed class ListDocumentsTests(DocumentsService service)
{
    [Fact]
    public async Task They_come_oldest_first_page_by_page_with_their_size()
    {
        var filed = service.Neighbours.File();
        var first = await service.StatementAsync(filed);
        filed.Edit();
        var second = await service.StatementAsync(filed);
        using var teacher = service.As(filed.Teacher);
        using var answer = await teacher.GetAsync($"/api/documents/applications/{filed.Id}?limit=1");
        var page = await answer.ReadAsync(200);
        Assert.Equal(first.Id(), Assert.Single(page.GetProperty("items").EnumerateArray()).Id());
        using var more = await teacher.GetAsync(
            $"/api/documents/applications/{filed.Id}?limit=1&after={page.GetProperty("next").GetString()}"
        );
        Assert.Equal(
            second.Id(),
            Assert.Single((await more.ReadAsync(200)).GetProperty("items").EnumerateArray()).Id()
        );
        Assert.Equal(
            (await service.ContentAsync(first, filed.Teacher)).Length,
            page.GetProperty("items")[0].GetProperty("size").GetInt64()
        );
    }

    [Fact]
    public async Task Who_may_not_see_the_application_sees_none()
    {
        var filed = service.Neighbours.File();
        await service.StatementAsync(filed);
        using var stranger = service.As(Guid.CreateVersion7());
        using var answer = await stranger.GetAsync($"/api/documents/applications/{filed.Id}");
        await answer.RefusedAsync(404, "not-found");
    }
}
