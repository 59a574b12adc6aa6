using System.Security.Cryptography;

namespace PedAtt.SystemTests.World;

/// <summary>
/// A whole life as a program lives it that knows how to repeat a call. <see cref="JudgeAsync"/> says at the end whether
/// anything was lost, doubled or half done.
/// </summary>
public sealed class Life
{
    private readonly Town town;
    private readonly Person teacher;

    private Life(Town town, Person teacher, Guid id) => (this.town, this.teacher, Id) = (town, teacher, id);

    public Guid Id { get; }

    public static async Task<Life> LiveAsync(Town town)
    {
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var id = application.Id;
        await Filler.FillAsync(teacher, application, town.Catalogue);
        await teacher.SignAsync(await teacher.MakeStatementAsync(id));
        await teacher.MoveAsync(id, "submit");

        var filled = (await town.Secretary.PortfolioAsync(id))
            .Blocks.Where(block => block.Status == "filled")
            .Select(block => block.Key)
            .ToList();
        foreach (var block in filled.Skip(2).Append("identity-card"))
            await town.Secretary.ReviewAsync(id, block, "accepted");
        foreach (var block in filled.Take(2))
            await town.Secretary.ReviewAsync(id, block, "returned", "Замените, пожалуйста.");
        await town.Secretary.MoveAsync(id, "return");

        foreach (var block in filled.Take(2))
            await MendAsync(teacher, id, town.Block(block));
        await teacher.MoveAsync(id, "submit");

        await town.AcceptEverythingAsync(id);
        await town.Secretary.MoveAsync(id, "forward");
        await town.Executor.SignAsync(await town.Executor.MakeReceiptAsync(id, "acceptance"));
        await town.Executor.MoveAsync(id, "accept");
        await town.Executor.MoveAsync(id, "send-to-commission");
        await town.Chair.MoveAsync(
            id,
            "decide",
            new
            {
                outcome = "meets",
                protocolNumber = "7",
                protocolDate = Town.Today(),
            }
        );
        return new(town, teacher, id);
    }

    public async Task JudgeAsync(MailSink mail)
    {
        var application = await teacher.LookAsync(Id);
        Assert.Equal("meets", application.Status);
        Assert.Equal(
            ["submit", "return", "submit", "forward", "accept", "send-to-commission", "decide"],
            application.History.Select(line => line.Action)
        );

        var portfolio = await teacher.PortfolioAsync(Id);
        Assert.True(portfolio is { Complete: true, Locked: true });
        Assert.All(
            portfolio.Blocks.Where(block => block.Entries.Count > 0),
            block =>
            {
                Assert.Equal("accepted", block.Status);
                Assert.Single(block.Entries);
            }
        );
        Assert.Equal(portfolio.Contents(), (await teacher.PortfolioAsync(Id, submission: 2)).Contents());
        Assert.Equal(
            2,
            (await teacher.PortfolioAsync(Id, submission: 1)).Contents().Except(portfolio.Contents()).Count()
        );
        foreach (
            var file in portfolio
                .Blocks.SelectMany(block => block.Entries)
                .SelectMany(entry => entry.Files)
                .Append(portfolio.IdentityCard!)
        )
            Assert.Equal(
                file.Sha256,
                Sha256((await teacher.GetAsync($"/api/portfolios/{Id}/files/{file.Id}")).Expect(200).Bytes)
            );

        var documents = await teacher.DocumentsAsync(Id);
        Assert.Equal(["acceptance-receipt", "statement"], documents.Select(document => document.Kind).Order());
        foreach (var document in documents)
        {
            Assert.Equal("current", document.State);
            Assert.Equal("valid", Assert.Single(document.Signatures).Verdict);
            Assert.Equal(document.Sha256, Sha256(await teacher.ContentAsync(document)));
        }

        // One row for each event and person, never two; a letter at least once, by its Message-ID the same one.
        string[] told =
        [
            "application.returned-for-revision",
            "application.under-state-service-review",
            "application.accepted-by-state-service",
            "application.sent-to-commission",
            "application.meets",
        ];
        await Rows(teacher, told);
        await Rows(town.Secretary, "application.under-review", "application.under-review");
        await Rows(town.Executor, "application.under-state-service-review");
        await Rows(town.Chair, "application.sent-to-commission");
        Assert.Equal(told.Length, (await mail.ForAsync(teacher.Email, told.Length)).Count);
    }

    /// <summary>What the staff got by e-mail for so many lives.</summary>
    public static async Task JudgeStaffMailAsync(Town town, int lives, MailSink mail)
    {
        Assert.Equal(2 * lives, (await mail.ForAsync(town.Secretary.Email, 2 * lives)).Count);
        Assert.Equal(lives, (await mail.ForAsync(town.Executor.Email, lives)).Count);
        Assert.Equal(lives, (await mail.ForAsync(town.Chair.Email, lives)).Count);
    }

    private Task Rows(Person person, params string[] kinds) =>
        Eventually.Async(async () =>
            Assert.Equal(kinds.Order(), (await person.NotificationsAsync(Id)).Select(one => one.Kind).Order())
        );

    /// <summary>A PUT takes no Idempotency-Key: whose answer was lost looks whether it is done before trying
    /// again.</summary>
    private static async Task MendAsync(Person teacher, Guid id, CatalogueBlock block)
    {
        var files = Filler.FilesFor(block);
        while (true)
        {
            var entry = (await teacher.PortfolioAsync(id)).Block(block.Key).Entries.Single();
            if (
                files.Length > 0
                && entry.Files.Select(file => file.Sha256).SequenceEqual(files.Select(file => Sha256(file.Content)))
            )
                return;
            var answer = await teacher.TryPutEntryAsync(id, block.Key, entry, Filler.Fields(block), files);
            if (answer.Code != "stale")
            {
                answer.Expect(200);
                return;
            }
        }
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
