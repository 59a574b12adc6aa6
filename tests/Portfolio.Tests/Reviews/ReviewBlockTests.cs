using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Portfolio.Tests.Reviews;

public sealed class ReviewBlockTests(PortfolioService service)
{
    [Fact]
    public async Task The_answer_is_the_whole_portfolio_and_that_it_was_read_is_noted()
    {
        var (id, _, secretary) = await SubmittedAsync();
        using var client = service.As(secretary);
        using var answer = await client.PutAsJsonAsync(
            Path(id, "diploma"),
            new { verdict = "returned", comment = "Бет анық емес" }
        );
        var block = (await answer.ReadAsync(200)).Block("diploma");
        Assert.Equal(
            ("returned", "Бет анық емес"),
            (block.GetProperty("status").GetString(), block.GetProperty("review").GetProperty("comment").GetString())
        );
        Assert.Equal(1, service.Filings.QuestionsAbout(id));
        await using var db = service.Open();
        var reading = Assert.Single(await db.Readings.Where(reading => reading.ApplicationId == id).ToListAsync());
        Assert.Equal((secretary, "portfolio"), (reading.ReaderId, reading.Subject));
    }

    [Theory]
    [InlineData("{}", "verdict", "required")]
    [InlineData("""{"verdict": "perhaps"}""", "verdict", "unknown-key")]
    [InlineData("""{"verdict": "returned"}""", "comment", "required")]
    [InlineData("""{"verdict": "returned", "comment": " \u200b "}""", "comment", "required")]
    [InlineData("""{"verdict": "accepted", "comment": "a\u0007"}""", "comment", "text.control-characters")]
    public async Task A_mistake_is_told_by_its_field(string body, string field, string code)
    {
        var (id, _, secretary) = await SubmittedAsync();
        using var client = service.As(secretary);
        using var answer = await client.PutAsync(
            Path(id, "diploma"),
            new StringContent(body, null, "application/json")
        );
        Assert.Equal(
            [code],
            (await answer.RefusedAsync(400, "validation")).GetProperty("errors").GetProperty(field).Strings()
        );
    }

    [Fact]
    public async Task Only_the_secretary_looks_only_at_what_is_there_and_only_under_review()
    {
        var (id, teacher, secretary) = await SubmittedAsync();
        var body = new { verdict = "accepted" };
        using (var owner = service.As(teacher))
        using (var own = await owner.PutAsJsonAsync(Path(id, "diploma"), body))
            await own.RefusedAsync(403, "role.not-allowed");
        using var client = service.As(secretary);
        using (var empty = await client.PutAsJsonAsync(Path(id, "awards"), body))
            await empty.RefusedAsync(409, "block.empty");
        using (var unknown = await client.PutAsJsonAsync(Path(id, "hobbies"), body))
            await unknown.RefusedAsync(404, "not-found");
        using (var data = await client.PutAsJsonAsync(Path(id, "application"), body))
            await data.ReadAsync(200);
        service.Filings.Return(id, "diploma");
        using var late = await client.PutAsJsonAsync(Path(id, "diploma"), body);
        await late.RefusedAsync(409, "transition.not-allowed");
    }

    private static string Path(Guid application, string block) =>
        $"/api/portfolios/{application}/blocks/{block}/review";

    private async Task<(Guid Application, Guid Teacher, Guid Secretary)> SubmittedAsync()
    {
        var teacher = Guid.CreateVersion7();
        var id = service.Filings.File(teacher).Id;
        await service.FillAsync(id, "diploma");
        service.Filings.Submit(id, Guid.CreateVersion7());
        return (id, teacher, service.Filings.OrganisationOf(id));
    }
}
