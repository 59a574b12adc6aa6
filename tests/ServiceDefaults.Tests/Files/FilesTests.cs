using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PedAtt.Testing;

namespace PedAtt.ServiceDefaults.Tests.Files;

public sealed class FilesTests
{
    private const string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private static readonly byte[] Pdf = PedAtt.Testing.World.Files.Pdf().Content;

    [Fact]
    public async Task A_file_is_what_its_content_says()
    {
        await using var form = await FormAsync(
            ("a.exe", Pdf),
            ("b.pdf", PedAtt.Testing.World.Files.Jpeg().Content),
            ("c.pdf", "PNG in words only"u8.ToArray()),
            ("d.png", PedAtt.Testing.World.Files.Png().Content),
            ("e.pdf", "MZ\u0090"u8.ToArray()),
            ("f.pdf", []),
            ("g.pdf", Pdf[..100])
        );

        Assert.Equal(
            ["application/pdf", "image/jpeg", null, "image/png", null, null, "application/pdf"],
            form.Files.Select(file => file.ContentType)
        );
        Assert.Equal(
            [null, null, "file.type", null, "file.type", "file.empty", "file.damaged"],
            form.Files.Select(file => file.Refusal)
        );
        Assert.Equal("file.empty", Assert.Throws<Problem>(form.RequireGoodFiles).Code);
    }

    [Fact]
    public async Task A_file_of_21_MB_is_too_large_and_the_request_can_still_be_read()
    {
        await using var form = await FormAsync(("a.pdf", [.. Pdf, .. new byte[21 * 1024 * 1024]]), ("b.pdf", Pdf));

        Assert.Equal(["file.too-large", null], form.Files.Select(file => file.Refusal));
        Assert.Equal(413, Assert.Throws<Problem>(form.RequireGoodFiles).Status);
    }

    [Fact]
    public async Task A_request_of_eleven_files_or_of_more_than_60_MB_is_too_large()
    {
        var eleven = await Assert.ThrowsAsync<Problem>(() => FormAsync([.. Enumerable.Repeat(("a.pdf", Pdf), 11)]));
        var heavy = await Assert.ThrowsAsync<Problem>(() =>
            FormAsync([.. Enumerable.Repeat(("a.pdf", new byte[19_000_000]), 4)])
        );

        Assert.All(
            [eleven, heavy],
            refused => Assert.Equal((413, "request.too-large"), (refused.Status, refused.Code))
        );
    }

    [Fact]
    public async Task What_is_no_form_is_refused_and_a_cut_one_is_malformed()
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/json";
        Assert.Equal(
            "request.media-type",
            (await Assert.ThrowsAsync<Problem>(() => UploadForm.ReadAsync(http, default))).Code
        );

        http.Request.ContentType = "multipart/form-data; boundary=x";
        http.Request.Body = new MemoryStream(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1."u8.ToArray()
        );
        Assert.Equal(
            "request.malformed",
            (await Assert.ThrowsAsync<Problem>(() => UploadForm.ReadAsync(http, default))).Code
        );
    }

    [Theory]
    [InlineData("C:\\Users\\me\\Диплом.pdf", "Диплом.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u0000b\n.pdf", "ab.pdf")]
    [InlineData("a\u200Bb\u202Efdp.exe", "abfdp.exe")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    public void A_name_is_the_last_segment_without_control_characters(string? sent, string name) =>
        Assert.Equal(name, FileNames.Clean(sent));

    [Fact]
    public void A_long_name_is_cut_and_no_letter_is_halved()
    {
        Assert.Equal(255, FileNames.Clean(new string('ә', 300)).Length);
        Assert.Equal(254, FileNames.Clean(new string('a', 254) + "😀").Length);
    }

    [Fact]
    public async Task The_fingerprint_counts_fields_and_contents()
    {
        await using var one = await FormAsync("""{"a":1}""", ("x.pdf", Pdf));
        await using var same = await FormAsync("""{"a":1}""", ("x.pdf", Pdf));
        await using var fields = await FormAsync("""{"a":2}""", ("x.pdf", Pdf));
        await using var file = await FormAsync("""{"a":1}""", ("x.pdf", [.. Pdf, 1]));

        Assert.Equal(one.Fingerprint, same.Fingerprint);
        Assert.Equal(3, new[] { one.Fingerprint, fields.Fingerprint, file.Fingerprint }.Distinct().Count());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Pdf)), one.Files[0].Sha256);
    }

    [Fact]
    public async Task The_scanner_finds_what_is_infected_and_a_scanner_that_is_down_says_nothing()
    {
        var servers = await TestServers.StartAsync();
        var scanner = new Scanner(new Uri(servers.Clamd), NullLogger<Scanner>.Instance);
        var nobody = new Scanner(new Uri("tcp://127.0.0.1:1"), NullLogger<Scanner>.Instance);

        Assert.Equal(
            ScanState.Clean,
            await scanner.ScanAsync(new MemoryStream(Pdf), TimeSpan.FromSeconds(30), default)
        );
        Assert.Equal(
            ScanState.Infected,
            await scanner.ScanAsync(
                new MemoryStream([.. Pdf, .. Encoding.ASCII.GetBytes(Eicar)]),
                TimeSpan.FromSeconds(30),
                default
            )
        );
        Assert.Equal(
            ScanState.Pending,
            await nobody.ScanAsync(new MemoryStream(Pdf), TimeSpan.FromSeconds(30), default)
        );
    }

    [Fact]
    public async Task An_object_is_stored_once_read_in_part_and_never_written_over()
    {
        var storage = (await TestServers.StartAsync()).Storage("files");
        using var store = new ObjectStore(storage.ConnectionString, $"{storage.BucketPrefix}-files");
        var (key, content) = (Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(300_000));
        await store.PutAsync(key, new MemoryStream(content), "application/pdf", default);

        await Assert.ThrowsAnyAsync<Exception>(() =>
            store.PutAsync(key, new MemoryStream([1, 2, 3]), "application/pdf", default)
        );
        // Who did not hear the answer brings the same again.
        await store.PutAsync(key, new MemoryStream(content), "application/pdf", default);
        Assert.Equal(content, await ReadAsync(store, key, 0, null));
        Assert.Equal(content[1000..1500], await ReadAsync(store, key, 1000, 500));
        await store.DeleteAsync(key, default);
        Assert.Null(await store.OpenAsync(key, default));
    }

    [Fact]
    public async Task A_storage_that_is_down_is_told_as_such()
    {
        using var store = new ObjectStore("Endpoint=http://127.0.0.1:1;AccessKey=a;SecretKey=b", "nowhere");

        var refused = await Assert.ThrowsAsync<Problem>(() =>
            store.PutAsync(Guid.NewGuid(), new MemoryStream(Pdf), "application/pdf", default)
        );
        Assert.Equal((503, "service.unavailable"), (refused.Status, refused.Code));
    }

    private static async Task<byte[]> ReadAsync(ObjectStore store, Guid key, long from, long? length)
    {
        using var stored = await store.OpenAsync(key, default, from, length);
        using var bytes = new MemoryStream();
        await stored!.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static Task<UploadForm> FormAsync(params (string Name, byte[] Content)[] files) => FormAsync("{}", files);

    private static async Task<UploadForm> FormAsync(string fields, params (string Name, byte[] Content)[] files)
    {
        using var multipart = new MultipartFormDataContent();
        multipart.Add(new StringContent(fields, Encoding.UTF8, "application/json"), "fields");
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            multipart.Add(part, "file", name);
        }
        var http = new DefaultHttpContext();
        http.Request.ContentType = multipart.Headers.ContentType!.ToString();
        http.Request.Body = await multipart.ReadAsStreamAsync();
        return await UploadForm.ReadAsync(http, CancellationToken.None);
    }
}
