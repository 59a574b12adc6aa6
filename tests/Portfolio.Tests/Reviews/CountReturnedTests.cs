using System.Net.Http.Json;
using PedAtt.Internal;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Tests.Reviews;

public sealed class CountReturnedTests(PortfolioService service)
{
    [Fact]
    public async Task Each_is_counted_by_its_own_reviews_and_changes_and_the_newest_verdict_counts()
    {
        var (first, second, untouched) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (
            var (application, blocks) in (IEnumerable<(Guid, string[])>)
                [(first, ["diploma", "essay"]), (second, ["diploma", "application"])]
        )
        foreach (var block in blocks)
        {
            await service.FillAsync(application, block == "application" ? "awards" : block);
            await ReviewAsync(application, block, Verdict.Returned);
        }
        await service.FillAsync(first, "essay"); // mended
        await ReviewAsync(second, "diploma", Verdict.Accepted); // returned by mistake

        var counts = await CountAsync(
            new(first, 1, ["diploma", "essay"]),
            new(second, 1, ["diploma", "application"]),
            new(untouched, 1, ["diploma"])
        );
        Assert.Equal((1, 1, 0), (counts[first], counts[second], counts[untouched]));
        // The application's own data is mended by an edit.
        Assert.Equal(0, (await CountAsync(new ReturnedQuery(second, 2, ["diploma", "application"])))[second]);
        Assert.Empty(await CountAsync());
    }

    private async Task ReviewAsync(Guid application, string block, Verdict verdict)
    {
        await using var db = service.Open();
        db.Reviews.Add(
            new Review
            {
                ApplicationId = application,
                Block = block,
                Submission = 1,
                Verdict = verdict,
                At = DateTimeOffset.UnixEpoch,
                ById = Guid.CreateVersion7(),
                Version = await db.RaiseVersionAsync(application, changedBlock: null, default),
                EditVersion = 1,
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<Dictionary<Guid, int>> CountAsync(params ReturnedQuery[] asked)
    {
        using var client = service.AsService();
        using var answer = await client.PostAsJsonAsync("/internal/portfolios/returned", asked, Json.Options);
        await answer.ReadAsync(200);
        return (await answer.Content.ReadFromJsonAsync<Dictionary<Guid, int>>(Json.Options))!;
    }
}
