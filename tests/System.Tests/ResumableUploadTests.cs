using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace PedAtt.SystemTests;

/// <summary>A village's line breaks and a server dies, and the file arrives all the same: tus through the
/// gateway.</summary>
[Collection(Alone.Name)]
[KillsParts]
public class ResumableUploadTests(SharedSystem system)
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task An_upload_goes_on_after_a_broken_line_and_after_a_killed_service()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var file = Files.Pdf("диплом.pdf", size: 4 * Megabyte);
        var content = file.Content;
        var created = (
            await teacher.SendAsync(() =>
                Request(
                    HttpMethod.Post,
                    $"/api/portfolios/{application.Id}/uploads",
                    ("Upload-Length", $"{content.Length}"),
                    ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(file.Name))}")
                )
            )
        ).Expect(201);
        var path = created.Headers.Location!.ToString();
        Assert.StartsWith($"/api/portfolios/{application.Id}/uploads/", path, StringComparison.Ordinal);

        // The line breaks in the middle of a step. What had not come through to the service is lost, and nothing else.
        using (await BeginAsync(teacher, path, 0, content, Megabyte + (Megabyte / 2)))
            await Eventually.Async(async () =>
                Assert.InRange(await OffsetAsync(teacher, path), Megabyte, content.Length)
            );
        var offset = await SettledAsync(teacher, path);
        Assert.InRange(offset, Megabyte, Megabyte + (Megabyte / 2));

        // The service is killed in the middle of the next one.
        using (await BeginAsync(teacher, path, offset, content, Megabyte * 2))
        {
            await Eventually.Async(async () =>
                Assert.InRange(await OffsetAsync(teacher, path), Megabyte * 3, content.Length)
            );
            await system.RestartAsync(await system.KillAsync("portfolio"));
        }
        offset = await OffsetAsync(teacher, path);
        Assert.InRange(offset, Megabyte * 3, content.Length - 1);
        Assert.Equal(409, (await teacher.SendAsync(() => Patch(path, 0, content[..10]))).Status);
        (await teacher.SendAsync(() => Patch(path, offset, content[offset..]))).Expect(204);

        var id = path[^36..];
        var stored = (
            await teacher.UploadAsync(
                HttpMethod.Put,
                $"/api/portfolios/{application.Id}/identity-card",
                new { uploadIds = new[] { id } },
                []
            )
        )
            .Expect(200)
            .As<StoredFile>();
        Assert.Equal((file.Name, content.Length), (stored.Name, (int)stored.Size));
        Assert.Equal(
            content,
            (await teacher.GetAsync($"/api/portfolios/{application.Id}/files/{stored.Id}")).Expect(200).Bytes
        );
        (
            await teacher.UploadAsync(
                HttpMethod.Put,
                $"/api/portfolios/{application.Id}/photo",
                new { uploadIds = new[] { id } },
                []
            )
        ).Refused(409, "upload.used");
    }

    /// <summary>Says that the whole rest will come, and sends a part of it; the line breaks when it is disposed
    /// of.</summary>
    private static async Task<TcpClient> BeginAsync(Person teacher, string path, int offset, byte[] content, int sent)
    {
        var line = new TcpClient();
        await line.ConnectAsync(teacher.Gateway.Host, teacher.Gateway.Port);
        await line.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"PATCH {path} HTTP/1.1\r\nHost: {teacher.Gateway.Authority}\r\nAuthorization: Bearer {teacher.Tokens!.AccessToken}\r\n"
                        + $"Tus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\n"
                        + $"Content-Length: {content.Length - offset}\r\n\r\n"
                )
            );
        await line.GetStream().WriteAsync(content.AsMemory(offset, sent));
        return line;
    }

    /// <summary>What was cut off may still be on its way into the storage.</summary>
    private static async Task<int> SettledAsync(Person teacher, string path)
    {
        for (var last = -1; ; await Task.Delay(1000))
        {
            var offset = await OffsetAsync(teacher, path);
            if (offset == last)
                return offset;
            last = offset;
        }
    }

    private static async Task<int> OffsetAsync(Person teacher, string path)
    {
        var head = (await teacher.SendAsync(() => Request(HttpMethod.Head, path))).Expect(200);
        return int.Parse(head.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    private static HttpRequestMessage Patch(string path, int offset, byte[] bytes)
    {
        var request = Request(HttpMethod.Patch, path, ("Upload-Offset", $"{offset}"));
        request.Content = new ByteArrayContent(bytes)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") },
        };
        return request;
    }

    private static HttpRequestMessage Request(
        HttpMethod method,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(method, path) { Headers = { { "Tus-Resumable", "1.0.0" } } };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return request;
    }
}
