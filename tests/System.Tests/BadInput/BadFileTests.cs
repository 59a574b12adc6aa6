namespace PedAtt.SystemTests.BadInput;

/// <summary>What a wrong file gets. Nothing half-written: the portfolio is as it was.</summary>
public class BadFileTests(SharedSystem system)
{
    public static TheoryData<string, int, string> Wrong =>
        new()
        {
            { "a text under a PDF's name", 415, "file.type" },
            { "an empty PDF", 422, "file.empty" },
            { "an encrypted PDF", 422, "file.encrypted" },
            { "an infected PDF", 422, "file.infected" },
            { "21 MB", 413, "file.too-large" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_file_is_refused_everywhere_and_nothing_is_kept(string what, int status, string code)
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var id = application.Id;
        var block = Filler.Needed(await teacher.PortfolioAsync(id), town.Catalogue).First(block => block.Files.Max > 0);
        var entry = await teacher.AddEntryAsync(id, block.Key, Filler.Fields(block), Filler.FilesFor(block));
        var card = await teacher.PutIdentityCardAsync(id);
        var before = (await teacher.PortfolioAsync(id)).Contents();

        var wrong = File(what);
        if (block.Multiple)
            (await teacher.TryAddEntryAsync(id, block.Key, Filler.Fields(block), wrong)).Refused(status, code);
        (await teacher.TryPutEntryAsync(id, block.Key, entry, Filler.Fields(block), wrong)).Refused(status, code);
        (await teacher.UploadAsync(HttpMethod.Put, $"/api/portfolios/{id}/identity-card", null, [wrong])).Refused(
            status,
            code
        );
        (await teacher.UploadAsync(HttpMethod.Put, $"/api/portfolios/{id}/photo", null, [wrong])).Refused(status, code);

        var after = await teacher.PortfolioAsync(id);
        Assert.Equal(before, after.Contents());
        Assert.Equal(card.Id, after.IdentityCard!.Id);

        var statement = await teacher.MakeStatementAsync(id);
        (await teacher.UploadAsync(HttpMethod.Put, $"/api/documents/{statement.Id}/scan", null, [wrong])).Refused(
            status,
            code
        );
        Assert.Empty((await teacher.DocumentsAsync(id)).Single().Signatures);
    }

    [Fact]
    public async Task A_files_name_is_the_last_part_of_what_was_sent_and_its_type_is_its_contents()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var png = Files.Png() with { Name = @"C:\Users\..\..\etc\суретім.pdf", ContentType = "application/pdf" };
        var stored = await teacher.PutIdentityCardAsync(application.Id, png);
        Assert.Equal("суретім.pdf", stored.Name);
        Assert.Equal("image/png", stored.ContentType);
        Assert.Equal(png.Content.Length, stored.Size);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(png.Content)),
            stored.Sha256
        );

        var back = (await teacher.GetAsync($"/api/portfolios/{application.Id}/files/{stored.Id}")).Expect(200);
        Assert.Equal(png.Content, back.Bytes);
        Assert.Equal("attachment", back.ContentHeaders.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", back.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", back.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("same-origin", back.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.True(back.Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Fact]
    public async Task More_files_than_ten_are_too_many()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var block = Filler
            .Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue)
            .First(block => block.Files.Max > 0);
        var answer = await teacher.TryAddEntryAsync(
            application.Id,
            block.Key,
            Filler.Fields(block),
            [.. Enumerable.Range(0, 11).Select(i => Files.Pdf($"{i}.pdf"))]
        );
        if (answer.Status == 413)
            answer.Refused(413, "request.too-large");
        else
            answer.Invalid("file", "files.too-many");
        Assert.Empty((await teacher.PortfolioAsync(application.Id)).Block(block.Key).Entries);
    }

    [Fact]
    public async Task An_entry_without_what_its_block_asks_for_is_told_field_by_field()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var block = Filler
            .Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue)
            .First(block => block.Files.Min > 0 && block.Fields.Any(field => field.Required));
        var answer = await teacher.TryAddEntryAsync(application.Id, block.Key, new { });
        Assert.Equal(
            block.Fields.Where(field => field.Required).Select(field => field.Key).Append("file").Order(),
            answer.Refused(400, "validation").Errors.Keys.Order()
        );
        (await teacher.TryAddEntryAsync(application.Id, "no-such-block", new { })).Refused(404, "not-found");
        Assert.Empty((await teacher.PortfolioAsync(application.Id)).Block(block.Key).Entries);
    }

    private static Upload File(string what) =>
        what switch
        {
            "a text under a PDF's name" => new(
                "diploma.pdf",
                [.. "Это не PDF, хотя и назван так."u8],
                "application/pdf"
            ),
            "an empty PDF" => new("diploma.pdf", [], "application/pdf"),
            "an encrypted PDF" => Files.EncryptedPdf(),
            "an infected PDF" => Files.InfectedPdf(),
            _ => Files.Pdf("diploma.pdf", size: 21 * 1024 * 1024),
        };
}
