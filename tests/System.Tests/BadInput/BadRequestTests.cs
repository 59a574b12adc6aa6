using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PedAtt.SystemTests.BadInput;

/// <summary>Requests that are wrong whatever they ask for.</summary>
public class BadRequestTests(SharedSystem system)
{
    [Fact]
    public async Task JSON_cut_in_half_is_malformed_and_does_nothing()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var whole = JsonSerializer.Serialize(town.FormOf(teacher), JsonSerializerOptions.Web);
        foreach (var broken in new[] { whole[..(whole.Length / 2)], "", "[]", "\"text\"", "{,}", "null" })
        {
            using var body = new StringContent(broken, Encoding.UTF8, "application/json");
            (await teacher.CallAsync(HttpMethod.Post, "/api/applications", body)).Refused(400, "request.malformed");
        }
        using var text = new StringContent(whole, Encoding.UTF8, "text/plain");
        (await teacher.CallAsync(HttpMethod.Post, "/api/applications", text)).Refused(415, "request.media-type");
        Assert.Empty((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_token_of_ours()
    {
        var nobody = new PedAttClient(system.Gateway);
        foreach (
            var path in new[]
            {
                "/api/applications",
                "/api/identity/me",
                "/api/notifications",
                "/api/portfolios/catalogue",
                $"/api/applications/{Guid.NewGuid()}",
            }
        )
            (await nobody.GetAsync(path)).Refused(401, "not-signed-in");
        nobody.UseToken("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.");
        (await nobody.GetAsync("/api/applications")).Refused(401, "not-signed-in");
        (await nobody.GetAsync("/internal/applications")).Expect(404);
    }

    [Fact]
    public async Task Lists_and_methods_are_read_strictly()
    {
        var town = await system.TownAsync();
        foreach (var limit in new[] { "0", "201", "-1", "many" })
            (await town.Secretary.GetAsync($"/api/applications?limit={limit}")).Refused(400, "limit.out-of-range");
        (await town.Secretary.GetAsync("/api/applications?after=nonsense")).Refused(400, "cursor.invalid");
        (await town.Secretary.CallAsync(HttpMethod.Patch, "/api/applications", new { })).Refused(
            405,
            "method-not-allowed"
        );
    }

    [Fact]
    public async Task A_problem_is_told_in_the_readers_language()
    {
        var titles = new HashSet<string>();
        foreach (var language in new[] { "kk", "ru", "en" })
        {
            var reader = new PedAttClient(system.Gateway);
            reader.Accept(language);
            titles.Add(
                (await reader.GetAsync("/api/applications"))
                    .Refused(401, "not-signed-in")
                    .Json.GetProperty("title")
                    .GetString()!
            );
        }
        Assert.Equal(3, titles.Count);
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_answer_and_does_nothing_twice()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var form = town.FormOf(teacher);
        var key = Guid.NewGuid().ToString();
        (await teacher.PostAsync("/api/applications", form with { PositionRu = "" }, key)).Refused(400, "validation");

        // Only what succeeded is kept: a refused call may be made right under its key.
        var first = (await teacher.PostAsync("/api/applications", form, key)).Expect(201);
        var again = (await teacher.PostAsync("/api/applications", form, key)).Expect(201);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        (await teacher.PostAsync("/api/applications", form with { About = "другое" }, key)).Refused(
            422,
            "idempotency.key-reused"
        );
        Assert.Single((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);

        // A key belongs to its caller.
        var other = await town.NewTeacherAsync();
        Assert.NotEqual(
            first.As<Application>().Id,
            (await other.PostAsync("/api/applications", form, key)).Expect(201).As<Application>().Id
        );
    }

    [Fact]
    public async Task A_repeated_key_makes_one_entry_of_one_upload()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var id = (await teacher.CreateAsync(town.FormOf(teacher))).Id;
        var block = Filler.Needed(await teacher.PortfolioAsync(id), town.Catalogue).First(block => block.Files.Max > 0);
        var path = $"/api/portfolios/{id}/blocks/{block.Key}/entries";
        var (fields, files, key) = (Filler.Fields(block), Filler.FilesFor(block), Guid.NewGuid().ToString());
        var first = (await teacher.UploadAsync(HttpMethod.Post, path, fields, files, key: key)).Expect(201);
        var again = (await teacher.UploadAsync(HttpMethod.Post, path, fields, files, key: key)).Expect(201);
        Assert.Equal(first.As<Entry>().Id, again.As<Entry>().Id);
        (await teacher.UploadAsync(HttpMethod.Post, path, fields, Filler.FilesFor(block), key: key)).Refused(
            422,
            "idempotency.key-reused"
        );
        Assert.Single((await teacher.PortfolioAsync(id)).Block(block.Key).Entries);
    }

    [Fact]
    public async Task A_key_pressed_many_times_at_once_moves_once()
    {
        var town = await system.TownAsync();
        var (teacher, application) = await town.ReadyToSubmitAsync();
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => teacher.PostAsync($"/api/applications/{application.Id}/submit", null, key))
        );
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(
            answers.Where(answer => answer.Status != 200),
            answer => answer.Refused(409, "idempotency.in-progress")
        );
        Assert.Single((await teacher.LookAsync(application.Id)).History, line => line.Action == "submit");
    }

    [Fact]
    public async Task A_cookie_needs_its_token_and_its_origin()
    {
        var town = await system.TownAsync();
        var teacher = await town.NewTeacherAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() })
        {
            BaseAddress = system.Gateway,
        };
        var origin = system.Gateway.GetLeftPart(UriPartial.Authority);

        using (var signIn = new HttpRequestMessage(HttpMethod.Post, "/session"))
        {
            signIn.Content = new StringContent(
                JsonSerializer.Serialize(new { login = teacher.Login, password = Person.Password }),
                Encoding.UTF8,
                "application/json"
            );
            signIn.Headers.Add("Origin", origin);
            using var signedIn = await browser.SendAsync(signIn);
            Assert.Equal(204, (int)signedIn.StatusCode);
            var cookie = signedIn
                .Headers.GetValues("Set-Cookie")
                .Single(value => value.StartsWith("pedatt=", StringComparison.Ordinal));
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        }
        var session = JsonSerializer.Deserialize<JsonElement>(await browser.GetStringAsync("/session"));
        var csrf = session.GetProperty("csrfToken").GetString()!;
        Assert.Equal(200, (int)(await browser.GetAsync("/api/applications")).StatusCode);

        var form = JsonSerializer.Serialize(town.FormOf(teacher), JsonSerializerOptions.Web);
        Assert.Equal("403 csrf.invalid", await Post(csrf: null, origin));
        Assert.Equal("403 csrf.invalid", await Post(csrf: "x" + csrf[1..], origin));
        Assert.Equal("403 csrf.invalid", await Post(csrf, "https://evil.example"));
        Assert.Equal("403 csrf.invalid", await Post(csrf, origin: null));
        Assert.StartsWith("400", await Post(csrf, origin, bearer: teacher.Tokens!.AccessToken));
        Assert.Empty((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);
        Assert.Equal("201 ", await Post(csrf, origin));

        async Task<string> Post(string? csrf, string? origin, string? bearer = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/applications")
            {
                Content = new StringContent(form, Encoding.UTF8, "application/json"),
            };
            if (csrf is not null)
                request.Headers.Add("X-CSRF-Token", csrf);
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            if (bearer is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await browser.SendAsync(request);
            var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
            return $"{(int)response.StatusCode} {(problem.TryGetProperty("code", out var code) ? code.GetString() : "")}";
        }
    }

    [Fact]
    public async Task Ten_thousand_requests_in_a_minute_are_too_many_and_only_for_who_sends_them()
    {
        var town = await system.TownAsync();
        var eager = await town.NewTeacherAsync();
        var refused = 0;
        Answer? tooMany = null;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (_, _) =>
            {
                // Once it is refused, the rest would only measure this machine.
                if (Volatile.Read(ref refused) > 50)
                    return;
                var answer = await eager.GetAsync("/api/applications?limit=1");
                if (answer.Status == 429)
                {
                    tooMany = answer;
                    Interlocked.Increment(ref refused);
                }
                else
                {
                    answer.Expect(200);
                }
            }
        );
        Assert.NotNull(tooMany);
        tooMany.Refused(429, "too-many-requests");
        Assert.NotNull(tooMany.Headers.RetryAfter);
        (await town.Secretary.GetAsync("/api/applications?limit=1")).Expect(200);
    }
}
