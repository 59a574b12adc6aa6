using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace PedAtt.Portfolio.Tests.Files;

public sealed class GetFileTests(PortfolioService service)
{
    [Fact]
    public async Task It_comes_whole_or_the_range_that_was_asked_for_and_no_browser_runs_it()
    {
        var (id, file, content, client) = await FilledAsync();
        using var _ = client;
        using var answer = await client.GetAsync($"/api/portfolios/{id}/files/{file}");
        Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/portfolios/{id}/files/{file}");
        request.Headers.Range = new RangeHeaderValue(5, 9);
        using var part = await client.SendAsync(request);
        Assert.Equal(206, (int)part.StatusCode);
        Assert.Equal(content[5..10], await part.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task One_that_was_changed_in_the_storage_comes_to_nobody_whole()
    {
        var (id, file, content, client) = await FilledAsync();
        using var _ = client;
        var store = service.Services.GetRequiredService<ObjectStore>();
        await store.DeleteAsync(file, default);
        content[^1] ^= 1;
        using (var other = new MemoryStream(content))
            await store.PutAsync(file, other, "application/pdf", default);
        await Assert.ThrowsAnyAsync<Exception>(() => client.GetByteArrayAsync($"/api/portfolios/{id}/files/{file}"));
    }

    [Fact]
    public async Task What_no_entry_holds_and_nobody_submitted_is_not_found()
    {
        var (id, file, _, client) = await FilledAsync();
        using var _1 = client;
        await service.EmptyAsync(id, "diploma");
        using var answer = await client.GetAsync($"/api/portfolios/{id}/files/{file}");
        await answer.RefusedAsync(404, "not-found");
    }

    private async Task<(Guid Application, Guid File, byte[] Content, HttpClient Client)> FilledAsync()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        var content = Encoding.ASCII.GetBytes($"%PDF-1.7 {Guid.NewGuid()}");
        var file = await service.FillAsync(id, "diploma", content);
        return (id, file.Id, content, service.As(teacher));
    }
}
