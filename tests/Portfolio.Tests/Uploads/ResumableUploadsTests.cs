using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Tests.Uploads;

/// <summary>The tus protocol 1.0.0, as its clients speak it.</summary>
public sealed class ResumableUploadsTests(PortfolioService service)
{
    private const int Megabyte = 1024 * 1024;

    private readonly Guid teacher = Guid.CreateVersion7();

    [Fact]
    public async Task A_file_comes_in_pieces_and_goes_into_an_entry()
    {
        var (application, client) = Filed();
        var content = Pdf((3 * Megabyte) + 12345);
        var (created, path) = await CreateAsync(client, application, content.Length, "диплом.pdf");
        Assert.Equal($"/api/portfolios/{application}/uploads/", path[..^36]);
        Assert.Equal("1.0.0", Header(created, "Tus-Resumable"));
        Assert.True(created.Content.Headers.Contains("Expires") || created.Headers.Contains("Upload-Expires"));

        var offset = 0;
        foreach (var step in (int[])[1, 4095, Megabyte, 700_000, Megabyte + 7, content.Length])
        {
            var end = Math.Min(offset + step, content.Length);
            using var patched = await PatchAsync(client, path, offset, content[offset..end]);
            Assert.Equal((HttpStatusCode.NoContent, $"{end}"), (patched.StatusCode, Header(patched, "Upload-Offset")));
            using var head = await HeadAsync(client, path);
            Assert.Equal(
                (HttpStatusCode.OK, $"{end}", $"{content.Length}", Metadata("диплом.pdf"), "no-store"),
                (
                    head.StatusCode,
                    Header(head, "Upload-Offset"),
                    Header(head, "Upload-Length"),
                    Header(head, "Upload-Metadata"),
                    head.Headers.CacheControl!.ToString()
                )
            );
            offset = end;
        }

        using var added = await AddAsync(client, application, IdOf(path));
        var entry = await JsonAsync(added, 201);
        var file = Assert.Single(entry.GetProperty("files").EnumerateArray());
        Assert.Equal(
            (
                "диплом.pdf",
                "application/pdf",
                content.Length,
                Convert.ToHexStringLower(SHA256.HashData(content)),
                "clean"
            ),
            (
                Text(file, "name"),
                Text(file, "contentType"),
                file.GetProperty("size").GetInt32(),
                Text(file, "sha256"),
                Text(file, "scan")
            )
        );
        Assert.Equal(content, await service.BytesAsync(file.GetProperty("id").GetGuid()));
        await using var db = service.Open();
        Assert.False(await db.UploadPieces.AnyAsync(piece => piece.UploadId == IdOf(path)));
        Assert.Null((await db.Files.FindAsync(file.GetProperty("id").GetGuid()))!.UnreferencedSince);

        Assert.Equal("409 upload.used", await RefusalAsync(await AddAsync(client, application, IdOf(path))));
    }

    [Fact]
    public async Task What_came_before_the_line_broke_is_kept_and_another_replica_goes_on()
    {
        var (application, client) = Filed();
        var content = Pdf(3 * Megabyte);
        var (_, path) = await CreateAsync(client, application, content.Length);
        using var line = new CancellationTokenSource();
        using var step = Patch(
            path,
            0,
            new BrokenLine(content, (Megabyte * 3 / 2) + 11, () => ReceivedAsync(path), line)
        );
        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(step, line.Token));

        await using var replica = service.Again();
        using var again = replica.As(teacher);
        // What was cut off may still be on its way into the storage.
        for (var tries = 0; await ReceivedAsync(path) == Megabyte && tries < 500; tries++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        using var head = await HeadAsync(again, path);
        var offset = int.Parse(Header(head, "Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture);
        // Less than a server's buffer of it is lost.
        Assert.InRange(offset, Megabyte * 5 / 4, content.Length - 1);
        using var patched = await PatchAsync(again, path, offset, content[offset..]);
        Assert.Equal(HttpStatusCode.NoContent, patched.StatusCode);
        var entry = await JsonAsync(await AddAsync(client, application, IdOf(path)), 201);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Text(entry.GetProperty("files")[0], "sha256"));
    }

    [Fact]
    public async Task Many_small_steps_make_no_small_objects()
    {
        var (application, client) = Filed();
        var content = Pdf(20 * 1000);
        var (_, path) = await CreateAsync(client, application, content.Length + 1);
        for (var offset = 0; offset < content.Length; offset += 1000)
            Assert.Equal(
                204,
                (int)(await PatchAsync(client, path, offset, content[offset..(offset + 1000)])).StatusCode
            );
        await using var db = service.Open();
        Assert.Equal(content.Length, (await db.UploadPieces.SingleAsync(piece => piece.UploadId == IdOf(path))).Size);
    }

    [Fact]
    public async Task Steps_have_a_smallest_size_and_uploads_a_largest_number()
    {
        var (application, client) = Filed();
        var (_, path) = await CreateAsync(client, application, Megabyte);
        for (var offset = 0; offset < 100; offset++)
            Assert.Equal(204, (int)(await PatchAsync(client, path, offset, [1])).StatusCode);
        Assert.Equal("400 upload.step-too-small", await RefusalAsync(await PatchAsync(client, path, 100, [1])));
        Assert.Equal(204, (int)(await PatchAsync(client, path, 100, new byte[64 * 1024])).StatusCode);

        for (var begun = 1; begun < 40; begun++)
            await CreateAsync(client, application, 100);
        using var request = Create(application, "100", Metadata("a.pdf"));
        Assert.Equal("409 upload.too-many", await RefusalAsync(await SendAsync(client, request)));
        Assert.Equal(204, (int)(await SendAsync(client, new(HttpMethod.Delete, path))).StatusCode);
        await CreateAsync(client, application, 100);
    }

    [Fact]
    public async Task Only_what_comes_next_is_taken()
    {
        var (application, client) = Filed();
        var (_, path) = await CreateAsync(client, application, 100);
        (await PatchAsync(client, path, 0, new byte[40])).EnsureSuccessStatusCode();
        using var wrong = await PatchAsync(client, path, 0, new byte[40]);
        Assert.Equal("1.0.0", Header(wrong, "Tus-Resumable"));
        var problem = await JsonAsync(wrong, 409);
        Assert.Equal(("upload.offset", 40), (Text(problem, "code"), problem.GetProperty("offset").GetInt32()));
        Assert.Equal("409 upload.offset", await RefusalAsync(await PatchAsync(client, path, 41, new byte[1])));
        Assert.Equal("413 request.too-large", await RefusalAsync(await PatchAsync(client, path, 40, new byte[61])));
        Assert.Equal(40, await ReceivedAsync(path));

        using var untyped = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new ByteArrayContent([1]) };
        Assert.Equal("415 request.media-type", await RefusalAsync(await SendAsync(client, untyped)));
        using var nowhere = Patch(path, null, new ByteArrayContent([1]));
        Assert.Equal("400 validation", await RefusalAsync(await client.SendAsync(nowhere)));
    }

    [Fact]
    public async Task Of_two_who_send_the_same_stretch_one_counts()
    {
        var (application, client) = Filed();
        var content = Pdf(2 * Megabyte);
        var (_, path) = await CreateAsync(client, application, content.Length);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => PatchAsync(client, path, 0, content[..^1]))
        );
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.All(
            answers,
            answer =>
                Assert.Contains(
                    answer.StatusCode,
                    (HttpStatusCode[])[HttpStatusCode.NoContent, HttpStatusCode.Conflict]
                )
        );
        (await PatchAsync(client, path, content.Length - 1, content[^1..])).EnsureSuccessStatusCode();
        var entry = await JsonAsync(await AddAsync(client, application, IdOf(path)), 201);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Text(entry.GetProperty("files")[0], "sha256"));
    }

    [Theory]
    [InlineData(null, "a.pdf", "400 validation")]
    [InlineData("-1", "a.pdf", "400 validation")]
    [InlineData("many", "a.pdf", "400 validation")]
    [InlineData("0", "a.pdf", "422 file.empty")]
    [InlineData("20971521", "a.pdf", "413 file.too-large")]
    [InlineData("20971520", "a.pdf", null)]
    [InlineData("5", null, null)]
    public async Task What_is_announced_is_judged(string? length, string? name, string? refusal)
    {
        var (application, client) = Filed();
        using var request = Create(application, length, name is null ? null : Metadata(name));
        using var answer = await SendAsync(client, request);
        if (refusal is not null)
            Assert.Equal(refusal, await RefusalAsync(answer));
        else
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("filename")]
    [InlineData("filename !!!")]
    [InlineData("filename YQ== b")]
    public async Task Metadata_that_cannot_be_read_is_refused(string metadata)
    {
        var (application, client) = Filed();
        using var request = Create(application, "5", metadata);
        var problem = await JsonAsync(await SendAsync(client, request), 400);
        Assert.Equal("value.wrong-type", problem.GetProperty("errors").GetProperty("Upload-Metadata")[0].GetString());
    }

    [Fact]
    public async Task Another_protocol_is_told_which_one_is_spoken()
    {
        var (application, client) = Filed();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/portfolios/{application}/uploads");
        request.Headers.Add("Tus-Resumable", "0.2.2");
        request.Headers.Add("Upload-Length", "5");
        using var answer = await client.SendAsync(request);
        Assert.Equal("1.0.0", Header(answer, "Tus-Version"));
        Assert.Equal("412 upload.protocol", await RefusalAsync(answer));

        foreach (var path in (string[])["uploads", $"uploads/{Guid.NewGuid()}"])
        {
            using var options = await client.SendAsync(
                new(HttpMethod.Options, $"/api/portfolios/{application}/{path}")
            );
            Assert.Equal(
                (HttpStatusCode.NoContent, "1.0.0", "creation,expiration,termination", "20971520"),
                (
                    options.StatusCode,
                    Header(options, "Tus-Version"),
                    Header(options, "Tus-Extension"),
                    Header(options, "Tus-Max-Size")
                )
            );
        }
    }

    [Theory]
    [InlineData("415 file.type")]
    [InlineData("422 file.encrypted")]
    [InlineData("422 file.damaged")]
    [InlineData("422 file.infected")]
    public async Task A_whole_file_is_judged_as_in_a_form(string refusal)
    {
        var (application, client) = Filed();
        var bytes = refusal switch
        {
            "415 file.type" => "Just a text, whatever its name says."u8.ToArray(),
            "422 file.encrypted" => Testing.World.Files.EncryptedPdf().Content,
            "422 file.damaged" => Pdf(2000)[..1000],
            _ => Testing.World.Files.InfectedPdf().Content,
        };
        var (_, path) = await CreateAsync(client, application, bytes.Length);
        (await PatchAsync(client, path, 0, bytes[..7])).EnsureSuccessStatusCode();
        Assert.Equal(refusal, await RefusalAsync(await PatchAsync(client, path, 7, bytes[7..])));
        // Whose answer was lost hears it again.
        Assert.Equal(refusal[..3], $"{(int)(await HeadAsync(client, path)).StatusCode}");
        using var added = await AddAsync(client, application, IdOf(path));
        var problem = await JsonAsync(
            added,
            int.Parse(refusal[..3], System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal((refusal[4..], IdOf(path)), (Text(problem, "code"), problem.GetProperty("uploadId").GetGuid()));
        await using var db = service.Open();
        Assert.False(await db.UploadPieces.AnyAsync(piece => piece.UploadId == IdOf(path)));
    }

    [Fact]
    public async Task It_is_its_teachers_alone()
    {
        var (application, client) = Filed();
        var (_, path) = await WholeAsync(client, application);
        var (otherApplication, _) = Filed();
        using var stranger = service.As(Guid.CreateVersion7());
        Assert.Equal("404", $"{(int)(await HeadAsync(stranger, path)).StatusCode}");
        Assert.Equal("404 not-found", await RefusalAsync(await PatchAsync(stranger, path, 0, [1])));
        using var creation = Create(application, "5", null);
        Assert.Equal("404 not-found", await RefusalAsync(await SendAsync(stranger, creation)));
        using var secretary = service.As(service.Filings.OrganisationOf(application));
        Assert.Equal("403 role.not-allowed", await RefusalAsync(await PatchAsync(secretary, path, 0, [1])));
        using var nobody = service.CreateClient();
        Assert.Equal("401 not-signed-in", await RefusalAsync(await PatchAsync(nobody, path, 0, [1])));

        // Nor does it belong to another application of the same teacher.
        var elsewhere = $"/api/portfolios/{otherApplication}/uploads/{IdOf(path)}";
        Assert.Equal("404 not-found", await RefusalAsync(await PatchAsync(client, elsewhere, 0, [1])));
        var problem = await JsonAsync(await AddAsync(client, otherApplication, IdOf(path)), 400);
        Assert.Equal("unknown-key", problem.GetProperty("errors").GetProperty("uploadIds")[0].GetString());
    }

    [Fact]
    public async Task What_is_not_whole_or_not_named_right_goes_into_no_entry()
    {
        var (application, client) = Filed();
        var (_, path) = await CreateAsync(client, application, 100);
        Assert.Equal("409 upload.incomplete", await RefusalAsync(await AddAsync(client, application, IdOf(path))));
        using var form = Form(new { title = "Грамота", uploadIds = "one" });
        Assert.Equal(
            "400 validation",
            await RefusalAsync(await client.PostAsync($"/api/portfolios/{application}/blocks/awards/entries", form))
        );
        using var none = Form(new { title = "Грамота", uploadIds = Array.Empty<Guid>() });
        var problem = await JsonAsync(
            await client.PostAsync($"/api/portfolios/{application}/blocks/awards/entries", none),
            400
        );
        Assert.Equal("required", problem.GetProperty("errors").GetProperty("file")[0].GetString());
    }

    [Fact]
    public async Task An_entry_takes_uploads_beside_the_files_it_keeps_and_is_sent()
    {
        var (application, client) = Filed();
        var (_, first) = await WholeAsync(client, application);
        var (_, second) = await WholeAsync(client, application);
        var entry = await JsonAsync(await AddAsync(client, application, IdOf(first)), 201);
        var kept = entry.GetProperty("files")[0].GetProperty("id").GetGuid();
        using var form = Form(
            new
            {
                title = "Грамота",
                keepFiles = new[] { kept },
                uploadIds = new[] { IdOf(second) },
            }
        );
        form.Add(new ByteArrayContent(Pdf(2000)), "file", "third.pdf");
        using var put = new HttpRequestMessage(
            HttpMethod.Put,
            $"/api/portfolios/{application}/blocks/awards/entries/{entry.GetProperty("id").GetGuid()}"
        )
        {
            Content = form,
        };
        put.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        var changed = await JsonAsync(await client.SendAsync(put), 200);
        Assert.Equal(
            ["a.pdf", "third.pdf", "a.pdf"],
            changed.GetProperty("files").EnumerateArray().Select(file => Text(file, "name"))
        );

        // The ID card and the photo take one in the same way.
        var (_, card) = await WholeAsync(client, application);
        using var single = Form(new { uploadIds = new[] { IdOf(card) } });
        Assert.Equal(
            "a.pdf",
            Text(
                await JsonAsync(await client.PutAsync($"/api/portfolios/{application}/identity-card", single), 200),
                "name"
            )
        );
        using var both = Form(new { uploadIds = new[] { IdOf(card) } });
        both.Add(new ByteArrayContent(Pdf(2000)), "file", "card.pdf");
        Assert.Equal(
            "400 validation",
            await RefusalAsync(await client.PutAsync($"/api/portfolios/{application}/identity-card", both))
        );
        using var twice = Form(new { uploadIds = new[] { IdOf(card) } });
        Assert.Equal(
            "409 upload.used",
            await RefusalAsync(await client.PutAsync($"/api/portfolios/{application}/photo", twice))
        );
    }

    [Fact]
    public async Task Of_entries_that_want_the_same_upload_at_once_one_gets_it()
    {
        var (application, client) = Filed();
        var (_, path) = await WholeAsync(client, application);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AddAsync(client, application, IdOf(path))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            Assert.Equal("409 upload.used", await RefusalAsync(answer));
    }

    [Fact]
    public async Task A_repeated_beginning_is_one_upload_and_a_repeated_entry_one_entry()
    {
        var (application, client) = Filed();
        var locations = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = Create(application, "5", null);
            request.Headers.Add("Idempotency-Key", $"begin-{application}");
            using var answer = await SendAsync(client, request);
            Assert.Equal("1.0.0", Header(answer, "Tus-Resumable"));
            locations.Add(answer.Headers.Location!.ToString());
        }
        Assert.Equal(locations[0], locations[1]);

        var (_, path) = await WholeAsync(client, application);
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
            ids.Add(
                Text(
                    await JsonAsync(await AddAsync(client, application, IdOf(path), key: $"entry-{application}"), 201),
                    "id"
                )
            );
        Assert.Equal(ids[0], ids[1]);
    }

    [Fact]
    public async Task A_locked_portfolio_takes_nothing_in()
    {
        var (application, client) = Filed();
        var (_, path) = await CreateAsync(client, application, 100);
        service.Filings.Lock(application);
        Assert.Equal("409 portfolio.locked", await RefusalAsync(await PatchAsync(client, path, 0, new byte[10])));
        using var request = Create(application, "5", null);
        Assert.Equal("409 portfolio.locked", await RefusalAsync(await SendAsync(client, request)));
    }

    [Fact]
    public async Task It_lives_a_day_or_until_it_is_given_up_and_then_goes_with_all_that_was_kept()
    {
        await using var today = await PortfolioService.OfItsOwnAsync();
        var application = today.Filings.File(teacher).Id;
        using var client = today.As(teacher);
        var (_, begun) = await CreateAsync(client, application, 2 * Megabyte);
        (await PatchAsync(client, begun, 0, new byte[Megabyte + 5])).EnsureSuccessStatusCode();
        var (_, whole) = await WholeAsync(client, application);
        var (_, givenUp) = await CreateAsync(client, application, 10);
        using var deleted = await SendAsync(client, new(HttpMethod.Delete, givenUp));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("410", $"{(int)(await HeadAsync(client, givenUp)).StatusCode}");
        Assert.Equal("410 upload.expired", await RefusalAsync(await PatchAsync(client, givenUp, 0, [1])));
        Guid[] pieces;
        await using (var db = today.Open())
            pieces = await db.UploadPieces.Select(piece => piece.Id).ToArrayAsync();
        Assert.Equal(2, pieces.Length);

        await using (var late = today.Again(ahead: TimeSpan.FromHours(24.5)))
        {
            using var tomorrow = late.As(teacher);
            Assert.Equal(
                "410 upload.expired",
                await RefusalAsync(await PatchAsync(tomorrow, begun, Megabyte + 5, [1]))
            );
            Assert.Equal("410 upload.expired", await RefusalAsync(await AddAsync(tomorrow, application, IdOf(whole))));
        }
        await using (var later = today.Again(ahead: TimeSpan.FromHours(26)))
        {
            for (var tries = 0; await CountAsync() > 0 && tries < 400; tries++)
                await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.Equal(0, await CountAsync());
            foreach (var piece in pieces)
                Assert.Null(await later.BytesAsync(piece));
            Assert.Equal("404 not-found", await RefusalAsync(await PatchAsync(client, begun, Megabyte + 5, [1])));
        }

        async Task<int> CountAsync()
        {
            await using var now = today.Open();
            return await now.Uploads.CountAsync() + await now.UploadPieces.CountAsync();
        }
    }

    private (Guid Application, HttpClient Client) Filed() => (service.Filings.File(teacher).Id, service.As(teacher));

    private async Task<int> ReceivedAsync(string path)
    {
        await using var db = service.Open();
        return (int)(await db.Uploads.SingleAsync(row => row.Id == IdOf(path))).Received;
    }

    /// <summary>Exactly so long: mailers and scanners pad, too.</summary>
    private static byte[] Pdf(int length)
    {
        var pdf = Testing.World.Files.Pdf(size: length).Content;
        return [.. pdf, .. new byte[Math.Max(0, length - pdf.Length)]];
    }

    private static string Metadata(string name) =>
        $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))},filetype YXBwbGljYXRpb24vcGRm";

    private static Guid IdOf(string path) => Guid.Parse(path[^36..]);

    private static HttpRequestMessage Create(Guid application, string? length, string? metadata)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/portfolios/{application}/uploads");
        if (length is not null)
            request.Headers.Add("Upload-Length", length);
        if (metadata is not null)
            request.Headers.Add("Upload-Metadata", metadata);
        return request;
    }

    private static async Task<(HttpResponseMessage Answer, string Path)> CreateAsync(
        HttpClient client,
        Guid application,
        int length,
        string name = "a.pdf"
    )
    {
        using var request = Create(application, $"{length}", Metadata(name));
        var answer = await SendAsync(client, request);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (answer, answer.Headers.Location!.ToString());
    }

    private static async Task<(byte[] Content, string Path)> WholeAsync(HttpClient client, Guid application)
    {
        var content = Pdf(5000);
        var (_, path) = await CreateAsync(client, application, content.Length);
        (await PatchAsync(client, path, 0, content)).EnsureSuccessStatusCode();
        return (content, path);
    }

    private static HttpRequestMessage Patch(string path, long? offset, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        if (offset is not null)
            request.Headers.Add("Upload-Offset", $"{offset}");
        return request;
    }

    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, string path, long offset, byte[] bytes) =>
        client.SendAsync(Patch(path, offset, new ByteArrayContent(bytes)));

    private static Task<HttpResponseMessage> HeadAsync(HttpClient client, string path) =>
        SendAsync(client, new(HttpMethod.Head, path));

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return client.SendAsync(request);
    }

    private static MultipartFormDataContent Form(object fields) => new() { { JsonContent.Create(fields), "fields" } };

    private static Task<HttpResponseMessage> AddAsync(
        HttpClient client,
        Guid application,
        Guid upload,
        string? key = null
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/portfolios/{application}/blocks/awards/entries")
        {
            Content = Form(new { title = "Грамота", uploadIds = new[] { upload } }),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.Content.Headers.ContentType?.MediaType == "application/problem+json",
            $"{(int)answer.StatusCode} {body}"
        );
        return $"{(int)answer.StatusCode} {Text(JsonSerializer.Deserialize<JsonElement>(body), "code")}";
    }

    private static string Text(JsonElement json, string property) => json.GetProperty(property).GetString()!;

    /// <summary>Sends so much, waits until something of it is kept, and breaks.</summary>
    private sealed class BrokenLine(byte[] content, int sent, Func<Task<int>> received, CancellationTokenSource line)
        : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, sent));
            await stream.FlushAsync();
            for (var tries = 0; await received() == 0 && tries < 500; tries++)
                await Task.Delay(20);
            await line.CancelAsync();
            await Task.Delay(Timeout.Infinite, line.Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
