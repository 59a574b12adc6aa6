using Microsoft.EntityFrameworkCore;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class DeleteEntryTests(PortfolioService service)
{
    [Fact]
    public async Task It_goes_its_files_are_let_go_and_the_block_counts_as_changed()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        var file = await service.FillAsync(id, "awards");
        Guid entry;
        await using (var db = service.Open())
            entry = (await db.Entries.SingleAsync(row => row.ApplicationId == id)).Id;
        using var client = service.As(teacher);
        using (var other = await client.DeleteAsync($"/api/portfolios/{id}/blocks/diploma/entries/{entry}"))
            await other.RefusedAsync(404, "not-found");
        using (var gone = await client.DeleteAsync($"/api/portfolios/{id}/blocks/awards/entries/{entry}"))
            await gone.ReadAsync(204);
        using (var again = await client.DeleteAsync($"/api/portfolios/{id}/blocks/awards/entries/{entry}"))
            await again.RefusedAsync(404, "not-found");
        await using var after = service.Open();
        Assert.NotNull((await after.Files.SingleAsync(row => row.Id == file.Id)).UnreferencedSince);
        Assert.Equal(2, (await after.BlockChanges.SingleAsync(row => row.ApplicationId == id)).Version);
    }

    [Fact]
    public async Task What_is_locked_stays()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        await service.FillAsync(id, "awards");
        await using var db = service.Open();
        var entry = (await db.Entries.SingleAsync(row => row.ApplicationId == id)).Id;
        service.Filings.Lock(id);
        using var client = service.As(teacher);
        using var answer = await client.DeleteAsync($"/api/portfolios/{id}/blocks/awards/entries/{entry}");
        await answer.RefusedAsync(409, "portfolio.locked");
    }
}
