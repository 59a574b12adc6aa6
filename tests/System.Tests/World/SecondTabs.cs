namespace PedAtt.SystemTests.World;

/// <summary>
/// A teacher who sends the application in one tab while other tabs write, delete and edit at the same moment. Whoever
/// wins, the services must give one answer afterwards: see <see cref="JudgeAsync"/>.
/// </summary>
public sealed class SecondTabs
{
    private readonly Town town;
    private readonly Person teacher;
    private readonly Guid id;
    private int edits;

    private SecondTabs(Town town, Person teacher, Guid id) => (this.town, this.teacher, this.id) = (town, teacher, id);

    public Guid ApplicationId => id;

    public int Submitted { get; private set; }

    public int Refused { get; private set; }

    public static async Task<SecondTabs> OpenAsync(Town town)
    {
        var (teacher, application) = await town.ReadyToSubmitAsync();
        return new(town, teacher, application.Id);
    }

    /// <summary>One round: mend what the last one broke, then everything at once, then judge.</summary>
    public async Task RoundAsync(Func<Task>? meanwhile = null)
    {
        await MendAsync();
        await Task.WhenAll([AttackAsync(), meanwhile?.Invoke() ?? Task.CompletedTask]);
        await JudgeAsync();
    }

    private async Task AttackAsync()
    {
        var application = await teacher.LookAsync(id);
        var portfolio = await teacher.PortfolioAsync(id);
        var open = Open(application, portfolio);
        var (victim, changed) = (open[Random.Shared.Next(open.Count)], open[Random.Shared.Next(open.Count)]);
        var entry = portfolio.Block(victim).Entries[0];
        var other = portfolio.Block(changed).Entries[0];
        var replacement = Filler.FilesFor(town.Block(changed));

        var tabs = new List<Func<PedAttClient, Task<Answer>>>
        {
            tab => tab.PostAsync($"/api/applications/{id}/submit"),
            tab => tab.DeleteAsync($"/api/portfolios/{id}/blocks/{victim}/entries/{entry.Id}"),
            tab =>
                tab.UploadAsync(
                    HttpMethod.Put,
                    $"/api/portfolios/{id}/blocks/{changed}/entries/{other.Id}",
                    Filler.Fields(town.Block(changed)),
                    replacement,
                    other.Version
                ),
            tab => tab.UploadAsync(HttpMethod.Put, $"/api/portfolios/{id}/identity-card", null, [Files.Jpeg()]),
            tab =>
                tab.PutAsync(
                    $"/api/applications/{id}",
                    application.ToForm() with
                    {
                        About = $"Правка {Interlocked.Increment(ref edits)}",
                    },
                    application.Version
                ),
            tab => tab.PostAsync($"/api/documents/applications/{id}/statement"),
            tab => tab.PostAsync($"/api/applications/{id}/submit"),
        };

        // Not every tab in every round: else one of them spoils each submission and none ever succeeds.
        var chosen = tabs.Where((_, i) => i == 0 || Random.Shared.Next(3) == 0).ToArray();
        Random.Shared.Shuffle(chosen);
        using var start = new SemaphoreSlim(0);
        var running = chosen
            .Select(async call =>
            {
                using var tab = new PedAttClient(teacher.Gateway);
                tab.UseToken(teacher.Tokens!.AccessToken);
                await start.WaitAsync();
                await Task.Delay(Random.Shared.Next(25));
                try
                {
                    return await call(tab);
                }
                catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
                {
                    return null; // its service died meanwhile; what it did or did not do is for the judgement to find
                }
            })
            .ToArray();
        start.Release(chosen.Length);
        await Task.WhenAll(running);
    }

    /// <summary>
    /// Under review: complete, locked, signed over the application as it is, and kept as it is. Else: open, so that its
    /// teacher can go on.
    /// </summary>
    private async Task JudgeAsync()
    {
        var application = await teacher.LookAsync(id);
        var portfolio = await teacher.PortfolioAsync(id);
        var statement = (await teacher.DocumentsAsync(id)).SingleOrDefault(one =>
            one is { Kind: "statement", State: "current" }
        );
        if (application.Status == "under-review")
        {
            Submitted++;
            Assert.True(portfolio.Locked);
            Assert.True(portfolio.Complete);
            Assert.Empty(portfolio.Missing);
            Assert.NotNull(statement);
            Assert.Equal("valid", Assert.Single(statement.Signatures).Verdict);
            var kept = await teacher.PortfolioAsync(
                id,
                submission: application.History.Count(line => line.Action == "submit")
            );
            Assert.Equal(portfolio.Contents(), kept.Contents());
            var submitted = (await teacher.GetAsync($"/api/applications/{id}/submissions"))
                .Expect(200)
                .Json.Items()
                .MaxBy(one => one.GetProperty("number").GetInt32());
            Assert.Equal(application.About, submitted.GetProperty("fields").GetProperty("about").GetString());
            (
                await teacher.UploadAsync(HttpMethod.Put, $"/api/portfolios/{id}/identity-card", null, [Files.Jpeg()])
            ).Refused(409, "portfolio.locked");
            (await teacher.PutAsync($"/api/applications/{id}", application.ToForm(), application.Version)).Refused(
                409,
                "transition.not-allowed"
            );
        }
        else
        {
            Refused++;
            Assert.Contains(application.Status, new[] { "new", "returned-for-revision" });
            Assert.False(portfolio.Locked);
            await teacher.PutIdentityCardAsync(id);
            await teacher.SaveAsync(application, application.ToForm());
        }
    }

    /// <summary>Makes it ready to be sent again.</summary>
    private async Task MendAsync()
    {
        var application = await teacher.LookAsync(id);
        if (application.Status == "under-review")
        {
            var reviewed = await town.Secretary.PortfolioAsync(id);
            foreach (
                var block in reviewed.Blocks.Where(block => block.Entries.Count > 0).Take(4).Select(block => block.Key)
            )
                await town.Secretary.ReviewAsync(id, block, "returned", "Замените.");
            await town.Secretary.ReviewAsync(id, "application", "returned", "Уточните.");
            await town.Secretary.ReviewAsync(id, "identity-card", "returned", "Не видно.");
            application = await town.Secretary.MoveAsync(id, "return");
        }
        var portfolio = await teacher.PortfolioAsync(id);
        await teacher.PutIdentityCardAsync(id);
        foreach (var key in portfolio.Missing.Where(key => key != "identity-card"))
            await teacher.AddEntryAsync(id, key, Filler.Fields(town.Block(key)), Filler.FilesFor(town.Block(key)));
        foreach (var block in portfolio.Blocks.Where(block => block.Status == "returned" && block.Entries.Count > 0))
            (
                await teacher.TryPutEntryAsync(
                    id,
                    block.Key,
                    block.Entries[0],
                    Filler.Fields(town.Block(block.Key)),
                    Filler.FilesFor(town.Block(block.Key))
                )
            ).Expect(200);
        await teacher.SaveAsync(
            await teacher.LookAsync(id),
            application.ToForm() with
            {
                About = $"Правка {Interlocked.Increment(ref edits)}",
            }
        );
        await teacher.SignAsync(await teacher.MakeStatementAsync(id));
    }

    /// <summary>The blocks that may be written now: all, or what was returned (mended since, so filled with a review of
    /// old).</summary>
    private static List<string> Open(Application application, Portfolio portfolio) =>
        [
            .. portfolio
                .Blocks.Where(block =>
                    block.Entries.Count > 0 && (application.Status == "new" || block.Review is { Verdict: "returned" })
                )
                .Select(block => block.Key),
        ];
}
