namespace PedAtt.Portfolio.Tests.Entries;

public sealed class SingleFilesTests(PortfolioService service)
{
    [Fact]
    public async Task A_newer_one_takes_the_place_of_the_older_and_either_is_taken_away()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        using var client = service.As(teacher);
        foreach (var block in (string[])["identity-card", "photo"])
        {
            var path = $"/api/portfolios/{id}/{block}";
            using (var none = await client.DeleteAsync(path))
                await none.RefusedAsync(404, "not-found");
            using var first = await client.PutAsync(path, Forms.Of(new { }));
            using var second = await client.PutAsync(path, Forms.Of(new { }));
            Assert.NotEqual((await first.ReadAsync(200)).Id(), (await second.ReadAsync(200)).Id());
            using var portfolio = await client.GetAsync($"/api/portfolios/{id}");
            var shown = (await portfolio.ReadAsync(200)).GetProperty(block == "photo" ? "photo" : "identityCard");
            Assert.Equal((await second.ReadAsync(200)).Id(), shown.Id());
            using var gone = await client.DeleteAsync(path);
            await gone.ReadAsync(204);
        }
    }

    [Fact]
    public async Task One_file_it_is()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        using var client = service.As(teacher);
        foreach (var (files, code) in (IEnumerable<(int, string)>)[(0, "required"), (2, "files.too-many")])
        {
            using var answer = await client.PutAsync($"/api/portfolios/{id}/identity-card", Forms.Of(new { }, files));
            Assert.Equal(
                [code],
                (await answer.RefusedAsync(400, "validation")).GetProperty("errors").GetProperty("file").Strings()
            );
        }
    }

    [Fact]
    public async Task The_photo_is_open_where_the_ID_card_was_returned()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        using var client = service.As(teacher);
        service.Filings.Return(id, "diploma");
        using (var kept = await client.PutAsync($"/api/portfolios/{id}/photo", Forms.Of(new { })))
            await kept.RefusedAsync(409, "block.not-returned");
        service.Filings.Return(id, "identity-card");
        using var open = await client.PutAsync($"/api/portfolios/{id}/photo", Forms.Of(new { }));
        await open.ReadAsync(200);
    }
}
