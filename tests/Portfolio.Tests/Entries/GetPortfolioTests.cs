using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class GetPortfolioTests(PortfolioService service)
{
    [Fact]
    public async Task It_exists_as_soon_as_its_application_does_and_who_else_reads_it_is_noted()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        var empty = await GetAsync(id, teacher);
        Assert.Equal(
            (0, false, false),
            (
                empty.GetProperty("version").GetInt32(),
                empty.GetProperty("locked").GetBoolean(),
                empty.GetProperty("complete").GetBoolean()
            )
        );
        Assert.Equal("identity-card", empty.GetProperty("missing")[0].GetString());
        Assert.Equal("empty", empty.Block("diploma").GetProperty("status").GetString());
        var secretary = service.Filings.OrganisationOf(id);
        await GetAsync(id, secretary);
        await using var db = service.Open();
        Assert.Equal(
            secretary,
            Assert.Single(await db.Readings.Where(reading => reading.ApplicationId == id).ToListAsync()).ReaderId
        );
        using var stranger = service.As(Guid.CreateVersion7());
        using var answer = await stranger.GetAsync($"/api/portfolios/{id}");
        await answer.RefusedAsync(404, "not-found");
    }

    [Fact]
    public async Task What_was_submitted_is_shown_as_it_was_with_what_was_said_of_it()
    {
        var (id, teacher, secretary) = await SubmittedAsync();
        await ReviewAsync(id, secretary, "diploma", "returned");
        service.Filings.Return(id, "diploma");
        await service.EmptyAsync(id, "diploma");
        var sent = await GetAsync(id, teacher, "?submission=1");
        Assert.Equal("returned", sent.Block("diploma").GetProperty("status").GetString());
        Assert.Single(sent.Block("diploma").GetProperty("entries").EnumerateArray());
        Assert.Empty((await GetAsync(id, teacher)).Block("diploma").GetProperty("entries").EnumerateArray());
        using var client = service.As(teacher);
        using var never = await client.GetAsync($"/api/portfolios/{id}?submission=2");
        await never.RefusedAsync(404, "not-found");
    }

    [Fact]
    public async Task Which_blocks_changed_since_the_return_is_told_of_each()
    {
        var (id, teacher, secretary) = await SubmittedAsync();
        // Before it ever came back there is nothing to tell.
        Assert.Equal(JsonValueKind.Null, Changed(await GetAsync(id, secretary), "diploma").ValueKind);
        await ReviewAsync(id, secretary, "diploma", "returned");
        service.Filings.Return(id, "diploma");
        Assert.False(Changed(await GetAsync(id, teacher), "diploma").GetBoolean());

        await service.FillAsync(id, "diploma");
        var mended = await GetAsync(id, teacher);
        Assert.Equal((true, false), (Changed(mended, "diploma").GetBoolean(), Changed(mended, "essay").GetBoolean()));

        // The secretary sees of the second submission what is new in it, also of blocks that nobody had looked at.
        await SubmitAsync(id);
        var again = await GetAsync(id, secretary);
        Assert.Equal((true, false), (Changed(again, "diploma").GetBoolean(), Changed(again, "essay").GetBoolean()));
        Assert.False(
            again.GetProperty("reviews").GetProperty("application").GetProperty("changedSinceReturn").GetBoolean()
        );
    }

    [Fact]
    public async Task What_nobody_has_looked_at_yet_is_told()
    {
        var (id, _, secretary) = await SubmittedAsync();
        Assert.Equal(
            ["diploma", "essay"],
            (await GetAsync(id, secretary)).GetProperty("notReviewed").Strings().Order()
        );
        await ReviewAsync(id, secretary, "diploma", "accepted");
        Assert.Equal(["essay"], (await GetAsync(id, secretary)).GetProperty("notReviewed").Strings());
    }

    private static JsonElement Changed(JsonElement portfolio, string block) =>
        portfolio.Block(block).GetProperty("changedSinceReturn");

    private async Task<(Guid Application, Guid Teacher, Guid Secretary)> SubmittedAsync()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        await service.FillAsync(id, "diploma");
        await service.FillAsync(id, "essay");
        await SubmitAsync(id);
        return (id, teacher, service.Filings.OrganisationOf(id));
    }

    private async Task SubmitAsync(Guid application)
    {
        var (snapshot, facts) = (Guid.CreateVersion7(), service.Filings.Of(application));
        await service.FreezeAsync(
            application,
            facts.Version + 1,
            submission: facts.Submissions.Count + 1,
            seal: snapshot
        );
        service.Filings.Submit(application, snapshot);
    }

    private async Task ReviewAsync(Guid application, Guid secretary, string block, string verdict)
    {
        using var client = service.As(secretary);
        using var answer = await client.PutAsJsonAsync(
            $"/api/portfolios/{application}/blocks/{block}/review",
            new { verdict, comment = "Қараңыз" }
        );
        await answer.ReadAsync(200);
    }

    private async Task<JsonElement> GetAsync(Guid application, Guid reader, string query = "")
    {
        using var client = service.As(reader);
        using var answer = await client.GetAsync($"/api/portfolios/{application}{query}");
        return await answer.ReadAsync(200);
    }
}
