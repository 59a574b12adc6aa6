namespace PedAtt.Portfolio.Tests.Entries;

public sealed class EntryRulesTests(PortfolioService service)
{
    private static readonly object Award = new { title = "Алғыс хат" };

    [Fact]
    public async Task It_is_kept_with_its_file_and_Applications_is_asked_once()
    {
        var (id, teacher) = New();
        using var client = service.As(teacher);
        using var answer = await client.PostAsync(Path(id), Forms.Of(Award));
        var entry = await answer.ReadAsync(201);
        Assert.Equal("Алғыс хат", entry.GetProperty("fields").GetProperty("title").GetString());
        Assert.Equal(
            "page-1.png",
            Assert.Single(entry.GetProperty("files").EnumerateArray()).GetProperty("name").GetString()
        );
        Assert.Equal($"{Path(id)}/{entry.Id()}", answer.Headers.Location?.OriginalString);
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
        Assert.Equal(1, service.Filings.QuestionsAbout(id));
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_its_field_and_a_block_that_there_is_not_is_not_found()
    {
        var (id, teacher) = New();
        using var client = service.As(teacher);
        using var empty = await client.PostAsync(Path(id), Forms.Of(new { }, files: 0));
        var errors = (await empty.RefusedAsync(400, "validation")).GetProperty("errors");
        Assert.Equal(["required"], errors.GetProperty("title").Strings());
        Assert.Equal(["required"], errors.GetProperty("file").Strings());
        using var unknown = await client.PostAsync(Path(id, "hobbies"), Forms.Of(Award));
        await unknown.RefusedAsync(404, "not-found");
    }

    [Fact]
    public async Task A_block_of_other_categories_takes_none_and_a_single_one_no_second()
    {
        var (id, teacher) = New();
        using var client = service.As(teacher);
        using var foreign = await client.PostAsync(
            Path(id, "publications"),
            Forms.Of(
                new
                {
                    title = "Еңбек",
                    publisher = "Баспа",
                    year = 2020,
                }
            )
        );
        await foreign.RefusedAsync(409, "block.not-applicable");
        object leadership = new { years = 3, orderNumber = "12" };
        using var first = await client.PostAsync(Path(id, "class-leadership"), Forms.Of(leadership));
        await first.ReadAsync(201);
        using var second = await client.PostAsync(Path(id, "class-leadership"), Forms.Of(leadership));
        await second.RefusedAsync(409, "block.single-entry");
    }

    [Fact]
    public async Task Nobody_but_its_teacher_adds_and_only_where_it_is_open()
    {
        var (id, teacher) = New();
        using var secretary = service.As(service.Filings.OrganisationOf(id));
        using var others = await secretary.PostAsync(Path(id), Forms.Of(Award));
        await others.RefusedAsync(403, "role.not-allowed");
        using var client = service.As(teacher);
        service.Filings.Submit(id, Guid.CreateVersion7());
        using var locked = await client.PostAsync(Path(id), Forms.Of(Award));
        await locked.RefusedAsync(409, "portfolio.locked");
        service.Filings.Return(id, "diploma");
        using var kept = await client.PostAsync(Path(id), Forms.Of(Award));
        await kept.RefusedAsync(409, "block.not-returned");
    }

    [Fact]
    public async Task A_move_that_began_since_the_answer_is_asked_about_again()
    {
        var (id, teacher) = New();
        // The seal of a move that died: its version was never reached.
        await service.FreezeAsync(id, service.Filings.Of(id).Version + 1);
        using var client = service.As(teacher);
        using var answer = await client.PostAsync(Path(id), Forms.Of(Award));
        await answer.ReadAsync(201);
        Assert.Equal(2, service.Filings.QuestionsAbout(id));
    }

    private (Guid Application, Guid Teacher) New()
    {
        var teacher = Guid.CreateVersion7();
        return (service.Filings.File(teacher).Id, teacher);
    }

    private static string Path(Guid application, string block = "awards") =>
        $"/api/portfolios/{application}/blocks/{block}/entries";
}
