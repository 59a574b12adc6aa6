using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Files;
using World = PedAtt.Testing.World.Files;

namespace PedAtt.Portfolio.Tests.Entries;

public sealed class AddEntryTests(PortfolioService service)
{
    /// <summary>Whoever holds a connection waits for no other one: with two in all, more people than that come through
    /// at once.</summary>
    [Fact]
    public async Task Many_uploads_with_a_key_go_through_a_pool_of_two_connections()
    {
        await using var narrow = await PortfolioService.OfItsOwnAsync(connections: 2);
        var people = Enumerable
            .Range(0, 24)
            .Select(_ => Guid.CreateVersion7())
            .Select(id => (Id: id, Application: narrow.Filings.File(id).Id))
            .ToArray();

        var answers = await Task.WhenAll(
            people.Select(async person =>
            {
                using var client = narrow.As(person.Id);
                using var first = await AddAsync(client, person.Application, "awards", World.Pdf(), key: "a");
                return (int)first.StatusCode;
            })
        );

        Assert.All(answers, status => Assert.Equal(201, status));
        await using var db = narrow.Open();
        Assert.Equal(people.Length, await db.Entries.CountAsync());
        Assert.Equal(
            people.Length,
            await db.IdempotentAnswers.CountAsync(answer => answer.Claim == null && answer.Status == 201)
        );
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_entry_and_a_refused_call_leaves_nothing()
    {
        var (application, client) = Filed();
        var file = World.Pdf();
        using var refused = await AddAsync(client, application, "awards", World.EncryptedPdf(), key: "k");
        Assert.Equal("422 file.encrypted", await RefusalAsync(refused));
        using var first = await AddAsync(client, application, "awards", file, key: "k");
        using var again = await AddAsync(client, application, "awards", file, key: "k");
        using var other = await AddAsync(client, application, "awards", World.Pdf(), key: "k");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal((201, 201), ((int)first.StatusCode, (int)again.StatusCode));
        Assert.Equal("422 idempotency.key-reused", await RefusalAsync(other));
        await using var db = service.Open();
        Assert.Equal(1, await db.Entries.CountAsync(entry => entry.ApplicationId == application));
        Assert.Equal(1, await db.Files.CountAsync(one => one.ApplicationId == application));
    }

    /// <summary>A process that ends over a call says nothing any more: what it had begun is done by whoever comes with
    /// the key next.</summary>
    [Fact]
    public async Task The_key_of_a_call_that_died_is_taken_over_and_that_of_a_living_one_is_not()
    {
        var (application, client) = Filed();
        var file = World.Pdf();
        using (var first = await AddAsync(client, application, "awards", file, key: "d"))
            first.EnsureSuccessStatusCode();
        await using (var db = service.Open())
        {
            await db.Entries.Where(entry => entry.ApplicationId == application).ExecuteDeleteAsync();
            var now = TimeProvider.System.GetUtcNow();
            await db
                .IdempotentAnswers.Where(answer => answer.Call.Contains(application.ToString()))
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(one => one.Claim, Guid.CreateVersion7()).SetProperty(one => one.At, now)
                );
            using (var living = await AddAsync(client, application, "awards", file, key: "d"))
                Assert.Equal("409 idempotency.in-progress", await RefusalAsync(living));
            await db
                .IdempotentAnswers.Where(answer => answer.Call.Contains(application.ToString()))
                .ExecuteUpdateAsync(row =>
                    row.SetProperty(one => one.At, now - Idempotency.Lease - TimeSpan.FromSeconds(1))
                );
        }
        using var taken = await AddAsync(client, application, "awards", file, key: "d");
        Assert.Equal(201, (int)taken.StatusCode);
    }

    [Theory]
    [InlineData("Диплом.bat", "Диплом.pdf")]
    [InlineData("Диплом", "Диплом.pdf")]
    [InlineData("12.05.2024", "12.05.2024.pdf")]
    [InlineData("скан.PDF", "скан.PDF")]
    public async Task A_file_leaves_under_a_name_that_says_what_is_in_it(string sent, string served)
    {
        var (application, client) = Filed();
        using var added = await AddAsync(client, application, "awards", World.Pdf(sent));
        var id = (await JsonAsync(added, 201)).GetProperty("files")[0].GetProperty("id").GetGuid();
        using var file = await client.GetAsync($"/api/portfolios/{application}/files/{id}");
        Assert.Equal(served, file.Content.Headers.ContentDisposition!.FileNameStar);
        // What is stored already is served in the same way.
        await using var db = service.Open();
        await db.Database.ExecuteSqlAsync($"update files set name = {sent + "\u202Efdp.exe"} where id = {id}");
        using var old = await client.GetAsync($"/api/portfolios/{application}/files/{id}");
        Assert.EndsWith(".pdf", old.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', old.Content.Headers.ContentDisposition!.FileNameStar!);
    }

    [Fact]
    public async Task A_range_behind_the_end_is_told_as_such()
    {
        var (application, client) = Filed();
        using var added = await AddAsync(client, application, "awards", World.Pdf());
        var id = (await JsonAsync(added, 201)).GetProperty("files")[0].GetProperty("id").GetGuid();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/portfolios/{application}/files/{id}");
        request.Headers.Range = new RangeHeaderValue(10_000_000, null);
        using var answer = await client.SendAsync(request);
        Assert.Equal("416 range.not-satisfiable", await RefusalAsync(answer));
        Assert.Matches(@"^bytes \*/\d+$", answer.Content.Headers.GetValues("Content-Range").Single());
    }

    [Fact]
    public async Task A_file_that_acts_by_itself_is_told_of()
    {
        var (application, client) = Filed();
        using var plain = await AddAsync(client, application, "awards", World.Pdf());
        using var active = await AddAsync(
            client,
            application,
            "awards",
            World.Pdf() with
            {
                Content =
                    "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"u8.ToArray(),
            }
        );
        Assert.False((await JsonAsync(plain, 201)).GetProperty("files")[0].GetProperty("active").GetBoolean());
        Assert.True((await JsonAsync(active, 201)).GetProperty("files")[0].GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task A_block_holds_so_many_entries_and_an_application_so_many_bytes()
    {
        var (application, client) = Filed();
        await using var db = service.Open();
        for (var i = 0; i < Quotas.MaxEntries; i++)
            db.Entries.Add(
                new Entry
                {
                    ApplicationId = application,
                    Block = "awards",
                    Fields = new Dictionary<string, JsonElement>(),
                    FileIds = [],
                }
            );
        await db.SaveChangesAsync();
        using var full = await AddAsync(client, application, "awards", World.Pdf());
        Assert.Equal("409 block.full", await RefusalAsync(full));

        var (other, second) = Filed();
        db.Files.Add(
            new PortfolioFile
            {
                Id = Guid.CreateVersion7(),
                ApplicationId = other,
                Name = "a.pdf",
                ContentType = "application/pdf",
                Sha256 = "",
                Size = Quotas.MaxBytes - 100,
            }
        );
        await db.SaveChangesAsync();
        using var heavy = await AddAsync(second, other, "awards", World.Pdf());
        Assert.Equal("409 portfolio.full", await RefusalAsync(heavy));
    }

    private (Guid Application, HttpClient Client) Filed()
    {
        var teacher = Guid.CreateVersion7();
        return (service.Filings.File(teacher).Id, service.As(teacher));
    }

    private static Task<HttpResponseMessage> AddAsync(
        HttpClient client,
        Guid application,
        string block,
        Testing.World.Upload file,
        string? key = null
    )
    {
        var part = new ByteArrayContent(file.Content);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/portfolios/{application}/blocks/{block}/entries")
        {
            Content = new MultipartFormDataContent
            {
                { JsonContent.Create(new { title = "Грамота" }), "fields" },
                { part, "file", file.Name },
            },
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {(await JsonAsync(answer, (int)answer.StatusCode)).GetProperty("code").GetString()}";
}
