using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Reviews;

namespace PedAtt.Portfolio.Tests.Snapshots;

public sealed class FreezePortfolioTests(PortfolioService service)
{
    private readonly Guid application = Guid.CreateVersion7();

    [Fact]
    public async Task The_facts_are_those_of_the_moment_files_with_their_hashes()
    {
        var file = await service.FillAsync(application, "diploma");
        var facts = await service.FreezeAsync(application, 2);
        Assert.False(facts.Complete);
        Assert.Equal("identity-card", facts.Missing[0]);
        var entry = Assert.Single(facts.Entries);
        Assert.Equal(("diploma", "Ұлы дала"), (entry.Block, entry.Fields["topic"].GetString()));
        Assert.Equal((file.Id, file.Sha256, "a.pdf"), (entry.Files[0].Id, entry.Files[0].Sha256, entry.Files[0].Name));
        Assert.Equal(["diploma"], facts.NotReviewed);
    }

    [Fact]
    public async Task A_submission_keeps_its_snapshot_whatever_happens_afterwards()
    {
        var freeze = Guid.CreateVersion7();
        await service.FillAsync(application, "diploma");
        await service.FreezeAsync(application, 2, seal: freeze);
        var kept = await SnapshotAsync();
        await service.EmptyAsync(application, "diploma");
        await service.FillAsync(application, "essay");
        // The same attempt told twice is one snapshot, and the first one.
        await service.FreezeAsync(application, 2, seal: freeze);
        Assert.Equal(kept, await SnapshotAsync());
        Assert.Contains("Ұлы дала", kept, StringComparison.Ordinal);

        async Task<string> SnapshotAsync()
        {
            await using var db = service.Open();
            return (await db.Snapshots.SingleAsync(row => row.SnapshotId == freeze)).Content;
        }
    }

    [Fact]
    public async Task Only_submitting_keeps_a_snapshot()
    {
        await service.FillAsync(application, "diploma");
        foreach (var move in (string[])[FreezingMoves.Return, FreezingMoves.Forward])
            await service.FreezeAsync(application, 3, move);
        await using var db = service.Open();
        Assert.False(await db.Snapshots.AnyAsync(row => row.ApplicationId == application));
        Assert.Equal(3, (await db.Fences.SingleAsync(row => row.Id == application)).Version);
    }

    [Fact]
    public async Task A_late_seal_of_an_older_move_does_not_lower_the_fence()
    {
        var newer = Guid.CreateVersion7();
        await service.FreezeAsync(application, 5, seal: newer);
        await service.FreezeAsync(application, 4, FreezingMoves.Return);
        await using var db = service.Open();
        var fence = await db.Fences.SingleAsync(row => row.Id == application);
        Assert.Equal((5, newer), (fence.Version, fence.SnapshotId));
    }

    [Fact]
    public async Task What_was_returned_and_not_mended_is_counted_for_lists()
    {
        await service.FillAsync(application, "diploma");
        await service.FillAsync(application, "essay");
        await ReturnAsync("diploma", "essay");
        Assert.Equal(
            ["diploma", "essay"],
            (await service.FreezeAsync(application, 3, FreezingMoves.Return)).Returned.Order()
        );
        Assert.Equal(2, await CountAsync());
        await service.FillAsync(application, "essay");
        Assert.Equal(1, await CountAsync());
        Assert.Equal(
            ["diploma"],
            (await service.FreezeAsync(application, 4, submission: 2, returned: ["diploma", "essay"])).Unchanged
        );

        async Task<int> CountAsync()
        {
            using var client = service.AsService();
            using var answer = await client.PostAsJsonAsync(
                "/internal/portfolios/returned",
                new[] { new ReturnedQuery(application, 1, ["diploma", "essay"]) },
                Json.Options
            );
            return (await answer.Content.ReadFromJsonAsync<Dictionary<Guid, int>>(Json.Options))![application];
        }
    }

    [Fact]
    public async Task Reviews_are_only_added_to()
    {
        await service.FillAsync(application, "diploma");
        await ReturnAsync("diploma");
        await using var db = service.Open();
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            db.Database.ExecuteSqlAsync($"update reviews set comment = 'x' where application_id = {application}")
        );
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            db.Database.ExecuteSqlAsync($"delete from reviews where application_id = {application}")
        );
    }

    [Fact]
    public async Task Nobody_but_a_service_seals_and_only_with_a_token_for_this_one()
    {
        using var nobody = service.CreateClient();
        using var astray = service.AsService("documents");
        foreach (var client in (HttpClient[])[nobody, astray])
        {
            using var answer = await client.PostAsJsonAsync($"/internal/portfolios/{application}/freeze", new { });
            Assert.Equal(401, (int)answer.StatusCode);
            Assert.Equal(
                "not-signed-in",
                (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
            );
        }
    }

    private async Task ReturnAsync(params string[] blocks)
    {
        await using var db = service.Open();
        foreach (var block in blocks)
            db.Reviews.Add(
                new Review
                {
                    ApplicationId = application,
                    Block = block,
                    Submission = 1,
                    Verdict = Verdict.Returned,
                    Comment = "Қайта жүктеңіз",
                    At = TimeProvider.System.Now(),
                    ById = Guid.CreateVersion7(),
                    Version = await db.RaiseVersionAsync(application, changedBlock: null, default),
                    EditVersion = 1,
                }
            );
        await db.SaveChangesAsync();
    }
}
