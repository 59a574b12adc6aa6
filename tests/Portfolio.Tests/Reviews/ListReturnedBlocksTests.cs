using System.Net.Http.Json;
using PedAtt.Internal;

namespace PedAtt.Portfolio.Tests.Reviews;

public sealed class ListReturnedBlocksTests(PortfolioService service)
{
    [Fact]
    public async Task They_are_those_whose_verdict_is_returned_now()
    {
        var id = service.Filings.File(Guid.CreateVersion7()).Id;
        await service.FillAsync(id, "diploma");
        await service.FillAsync(id, "essay");
        service.Filings.Submit(id, Guid.CreateVersion7());
        using var secretary = service.As(service.Filings.OrganisationOf(id));
        foreach (
            var (block, verdict) in (IEnumerable<(string, string)>)[("diploma", "returned"), ("essay", "accepted")]
        )
        {
            using var review = await secretary.PutAsJsonAsync(
                $"/api/portfolios/{id}/blocks/{block}/review",
                new { verdict, comment = "Қараңыз" }
            );
            await review.ReadAsync(200);
        }
        using var client = service.AsService();
        using var answer = await client.PostAsJsonAsync(
            $"/internal/portfolios/{id}/returned-blocks",
            new ReturnedBlocksQuery(1, Given.Day, "teacher-expert", null),
            Json.Options
        );
        Assert.Equal(["diploma"], (await answer.ReadAsync(200)).Strings());
    }
}
