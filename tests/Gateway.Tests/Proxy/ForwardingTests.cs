using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PedAtt.Gateway.Tests.Proxy;

public class ForwardingTests
{
    [Fact]
    public async Task Each_service_gets_its_own_paths_and_nothing_else_is_routed()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(upstream);
        string[] ours =
        [
            "/api/identity/me",
            "/api/applications",
            "/api/applications/",
            "/api/portfolios/catalogue",
            "/api/documents/verify/abc",
            "/api/notifications/stream",
            "/.well-known/jwks.json",
            "/",
            "/applications",
            "/internally",
            "/app.2l4fvartsd.css",
        ];
        foreach (var path in ours)
            Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync(path)).StatusCode);

        var before = upstream.Requests.Count;
        foreach (
            var path in (string[])
                [
                    "/internal/people",
                    "/api",
                    "/api/other/x",
                    "/health/x",
                    "/session/x",
                    "/api/portfolio/x",
                    "/openapi/v1.json",
                    "/INTERNAL/people",
                ]
        )
        {
            using var answer = await gateway.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal("not-found", await CodeAsync(answer));
        }
        Assert.Equal(before, upstream.Requests.Count);
    }

    [Fact]
    public async Task No_spelling_of_internal_gets_through()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(upstream);
        string[] spellings =
        [
            "/internal/people",
            "/api/identity/../../internal/people",
            "/api/identity/%2e%2e/%2e%2e/internal/people",
            "/api/identity/..%2f..%2finternal/people",
            "/api/identity/%252e%252e%252f%252e%252e%252finternal/people",
            "/api/identity\\..\\..\\internal/people",
            "/%69nternal/people",
            "//internal/people",
            "http://identity/internal/people",
        ];
        foreach (var target in spellings)
        {
            // By hand: an HTTP client would tidy the path up before it sends it.
            using var socket = new TcpClient();
            await socket.ConnectAsync(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port);
            await socket
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                );
            var answer = await new StreamReader(socket.GetStream()).ReadToEndAsync();
            Assert.Matches("^HTTP/1.1 40[04] ", answer);
        }
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task What_only_we_may_say_is_taken_off_and_said_by_us()
    {
        await using var upstream = await Upstream.StartAsync(http =>
        {
            http.Response.Headers.SetCookie = "tracking=1";
            http.Response.Headers["X-PedAtt-Replica"] = "7";
            http.Response.Headers.Server = "something/1.0";
            http.Response.Headers.ETag = "\"3\"";
            return http.Response.WriteAsync("here");
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/applications/x?year=2027");
        request.Headers.Add("Cookie", "other=1");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Prefix", "/internal");
        request.Headers.Add("Forwarded", "for=203.0.113.9");
        request.Headers.Add("X-PedAtt-User", "somebody");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a.b.c");

        using var answer = await gateway.Http.SendAsync(request);

        var seen = Assert.Single(upstream.Requests);
        Assert.Equal("/api/applications/x?year=2027", seen.RawTarget);
        Assert.Equal("127.0.0.1", seen.Headers["X-Forwarded-For"]);
        Assert.Equal("Bearer a.b.c", seen.Headers.Authorization);
        Assert.Contains(
            "0af7651916cd43dd8448eb211c80319c",
            seen.Headers.TraceParent.ToString(),
            StringComparison.Ordinal
        );
        foreach (var name in (string[])["Cookie", "Forwarded", "X-PedAtt-User", "X-Forwarded-Prefix"])
            Assert.False(seen.Headers.ContainsKey(name), name);
        Assert.Equal("\"3\"", answer.Headers.ETag!.ToString());
        foreach (var name in (string[])["Set-Cookie", "Server", "X-PedAtt-Replica"])
            Assert.False(answer.Headers.Contains(name), name);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_proxy_is_believed_only_where_it_is_configured()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(upstream, ("ForwardedHeaders__Proxies", "127.0.0.1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/applications/x");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.9");

        await gateway.Http.SendAsync(request);

        // Only the last hop was seen by the proxy itself: the one before it may be anybody's invention.
        Assert.Equal("203.0.113.9", Assert.Single(upstream.Requests).Headers["X-Forwarded-For"]);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_replica_that_is_not_there_is_passed_over(string method)
    {
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            await http.Response.WriteAsync($"got {await body.ReadToEndAsync()}");
        });
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Behind(
                $"http://127.0.0.1:{RunningGateway.FreePort()}",
                upstream.Address,
                $"http://127.0.0.1:{RunningGateway.FreePort()}"
            )
        );
        for (var i = 0; i < 20; i++)
        {
            using var request = new HttpRequestMessage(new(method), "/api/applications");
            if (method == "POST")
                request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var answer = await gateway.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(method == "POST" ? "got {}" : "got ", await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(20, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_change_that_may_have_been_made_is_not_sent_twice()
    {
        RequestDelegate falling = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        await using var one = await Upstream.StartAsync(falling);
        await using var other = await Upstream.StartAsync(falling);
        await using var gateway = await RunningGateway.StartAsync(RunningGateway.Behind(one.Address, other.Address));

        using var answer = await gateway.Http.PostAsync(
            "/api/applications",
            new StringContent("{}", Encoding.UTF8, "application/json")
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(1, one.Requests.Count + other.Requests.Count);
    }

    [Fact]
    public async Task What_the_gateway_says_itself_is_a_problem_in_the_readers_language()
    {
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Behind($"http://127.0.0.1:{RunningGateway.FreePort()}")
        );
        (string Method, string Path, int Status, string Code)[] refusals =
        [
            ("GET", "/api/applications", 503, "service.unavailable"),
            ("GET", "/api/nowhere", 404, "not-found"),
            ("PUT", "/session", 405, "method-not-allowed"),
            ("GET", "/session", 401, "not-signed-in"),
        ];
        foreach (var (method, path, status, code) in refusals)
        {
            var titles = new HashSet<string>();
            foreach (var language in (string[])["kk", "ru", "en"])
            {
                using var request = new HttpRequestMessage(new(method), path);
                request.Headers.Add("Accept-Language", language);
                using var answer = await gateway.Http.SendAsync(request);
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
                var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
                Assert.Equal(
                    (status, status, code),
                    (
                        (int)answer.StatusCode,
                        problem.GetProperty("status").GetInt32(),
                        problem.GetProperty("code").GetString()
                    )
                );
                Assert.Equal(32, problem.GetProperty("traceId").GetString()!.Length);
                Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
                titles.Add(problem.GetProperty("title").GetString()!);
            }
            Assert.Equal(3, titles.Count);
        }
    }

    [Fact]
    public async Task Events_come_through_one_by_one_as_they_are_sent()
    {
        var next = new SemaphoreSlim(0);
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            for (var i = 1; i <= 3; i++)
            {
                await http.Response.WriteAsync($"data: {i}\n\n");
                await http.Response.Body.FlushAsync();
                await next.WaitAsync(http.RequestAborted);
            }
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);

        using var answer = await gateway.Http.GetAsync(
            "/api/notifications/stream",
            HttpCompletionOption.ResponseHeadersRead
        );
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());

        // The second is only sent when the first has been read here: a buffer anywhere on the way would hang.
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal($"data: {i}", await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.Equal("", await events.ReadLineAsync());
            next.Release();
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.Response.WriteAsync("here");
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);
        (string Path, int Megabytes, bool WithLength)[] limits =
        [
            ("/api/applications", 1, true),
            ("/api/applications", 1, false),
            ("/api/portfolios/x/photo", 64, true),
            ("/api/documents/0193e4c6-0000-7000-8000-000000000000/scan", 64, true),
        ];
        foreach (var (path, megabytes, withLength) in limits)
        {
            HttpContent Body(int extra) => new ZeroContent((megabytes * 1024L * 1024) + extra, withLength);

            // In chunks their framing counts too.
            using var fits = await gateway.Http.PutAsync(path, Body(withLength ? 0 : -4096));
            using var over = await gateway.Http.PutAsync(path, Body(1));

            Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, over.StatusCode);
            Assert.Equal("request.too-large", await CodeAsync(over));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_upload_is_refused_before_it_is_sent(bool asksFirst)
    {
        await using var upstream = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = 409;
            return http.Response.WriteAsync("locked");
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);
        using var form = new MultipartFormDataContent { { new ZeroContent(20 * 1024 * 1024, true), "file", "a.pdf" } };
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/portfolios/x/photo") { Content = form };
        request.Headers.ExpectContinue = asksFirst;

        using var answer = await gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("100-continue", Assert.Single(upstream.Requests).Headers.Expect);
    }

    [Fact]
    public async Task A_step_of_a_resumable_upload_is_refused_before_it_is_sent()
    {
        await using var upstream = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = 409;
            return http.Response.WriteAsync("elsewhere");
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/portfolios/x/uploads/y")
        {
            Content = new ZeroContent(20 * 1024 * 1024, true),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");

        using var answer = await gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("100-continue", Assert.Single(upstream.Requests).Headers.Expect);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task The_words_of_a_resumable_upload_go_through_both_ways(string method)
    {
        (string Name, string Value)[] asked =
        [
            ("Tus-Resumable", "1.0.0"),
            ("Upload-Length", "5"),
            ("Upload-Offset", "2"),
            ("Upload-Metadata", "filename YQ=="),
        ];
        (string Name, string Value)[] answered =
        [
            ("Tus-Resumable", "1.0.0"),
            ("Tus-Version", "1.0.0"),
            ("Tus-Extension", "creation"),
            ("Tus-Max-Size", "9"),
            ("Upload-Offset", "2"),
            ("Upload-Length", "5"),
            ("Upload-Metadata", "filename YQ=="),
            ("Upload-Expires", "Fri, 27 Nov 2026 00:00:00 GMT"),
            ("Location", "/api/portfolios/x/uploads/y"),
        ];
        await using var upstream = await Upstream.StartAsync(http =>
        {
            http.Response.StatusCode = 204;
            foreach (var (name, value) in answered)
                http.Response.Headers[name] = value;
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/portfolios/x/uploads/y");
        foreach (var (name, value) in asked)
            request.Headers.Add(name, value);

        using var answer = await gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var seen = Assert.Single(upstream.Requests);
        Assert.Equal(method, seen.Method);
        Assert.All(asked, header => Assert.Equal(header.Value, seen.Headers[header.Name].ToString()));
        Assert.All(answered, header => Assert.Equal(header.Value, answer.Headers.GetValues(header.Name).Single()));
    }

    [Fact]
    public async Task Twenty_megabytes_flow_through_without_growing_the_process()
    {
        await using var upstream = await Upstream.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.Response.WriteAsync("here");
        });
        await using var gateway = await RunningGateway.StartAsync(upstream);
        async Task UploadAsync(int bytes)
        {
            using var form = new MultipartFormDataContent { { new ZeroContent(bytes, true), "file", "a.pdf" } };
            using var answer = await gateway.Http.PutAsync("/api/portfolios/x/photo", form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        // The first one loads code; what counts is what a file adds.
        await UploadAsync(1024);
        var before = Memory();
        for (var i = 0; i < 5; i++)
            await UploadAsync(20 * 1024 * 1024);

        Assert.InRange(Memory() - before, long.MinValue, 32 * 1024);

        long Memory() =>
            long.Parse(
                File.ReadLines($"/proc/{gateway.ProcessId}/status")
                    .Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]
            );
    }

    [Fact]
    public async Task The_log_tells_no_query_string()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(upstream);

        await gateway.Http.GetAsync("/api/applications/x?number=850615100017");
        await gateway.Http.GetAsync("/api/applications/850615100017");

        var log = string.Join('\n', gateway.Log);
        for (var i = 0; i < 50 && !log.Contains("/api/applications/*", StringComparison.Ordinal); i++)
        {
            await Task.Delay(100);
            log = string.Join('\n', gateway.Log);
        }
        Assert.Contains("GET /api/applications/x 200", log, StringComparison.Ordinal);
        Assert.DoesNotContain("850615100017", log, StringComparison.Ordinal);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    /// <summary>So many zeros, without holding them; with a Content-Length or in chunks.</summary>
    private sealed class ZeroContent(long length, bool withLength) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            for (var left = length; left > 0; left -= chunk.Length)
                await stream.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return withLength;
        }
    }
}
