using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace PedAtt.Gateway.Tests.Sessions;

public sealed class SessionTests
{
    [Fact]
    public async Task Signing_in_gives_a_cookie_that_scripts_cannot_read_and_no_token()
    {
        await using var at = await At.StartAsync();

        using var answer = await at.SignInAsync();

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Matches("^pedatt=[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain(
            at.Issuer.LastToken!,
            await ReadAsync(at, "select string_agg(encode(tokens, 'escape'), '') from sessions"),
            StringComparison.Ordinal
        );
        var keys = await ReadAsync(at, "select string_agg(xml, '') from data_protection_keys");
        Assert.Contains("<aes-gcm", keys, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", keys, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_development_the_cookie_is_bound_to_the_host_and_to_https()
    {
        await using var at = await At.StartAsync(settings: ("ASPNETCORE_ENVIRONMENT", "Production"));
        using var answer = await at.SignInAsync();
        Assert.Matches(
            "^__Host-pedatt=[^;]+; path=/; secure; samesite=lax; httponly$",
            answer.Headers.GetValues("Set-Cookie").Single()
        );
    }

    [Fact]
    public async Task A_wrong_password_is_answered_in_identitys_words()
    {
        await using var at = await At.StartAsync();
        using var answer = await at.Gateway.Http.PostAsJsonAsync("/session", new { login = "a", password = "wrong" });
        Assert.Equal("401 credentials.invalid", await SaysAsync(answer));
        Assert.Equal(TimeSpan.FromSeconds(7), answer.Headers.RetryAfter!.Delta);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_signature_signs_in_as_a_password_does()
    {
        await using var at = await At.StartAsync();
        using (
            var wrong = await at.Gateway.Http.PostAsJsonAsync(
                "/session",
                new { eds = new { challengeId = at.Issuer.Challenge, cms = "wrong" } }
            )
        )
            Assert.Equal("422 signature.invalid", await SaysAsync(wrong));

        // As large as a CMS with a chain and a time stamp gets.
        using var answer = await at.Gateway.Http.PostAsJsonAsync(
            "/session",
            new
            {
                eds = new
                {
                    challengeId = at.Issuer.Challenge,
                    cms = "right",
                    padding = new string('A', 40_000),
                },
            }
        );

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.StartsWith("pedatt=", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_site_cannot_sign_the_browser_in()
    {
        await using var at = await At.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session")
        {
            Content = JsonContent.Create(new { login = "a", password = "right" }),
        };
        request.Headers.Add("Origin", "https://evil.example");
        using var answer = await at.Gateway.Http.SendAsync(request);
        Assert.Equal("403 csrf.invalid", await SaysAsync(answer));
    }

    [Fact]
    public async Task The_service_gets_the_token_and_never_the_cookie()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();

        using var answer = await at.SendAsync(HttpMethod.Get, "/api/applications");

        Assert.Equal($"Bearer {at.Issuer.LastToken}", await answer.Content.ReadAsStringAsync());
        Assert.False(at.Upstream.Requests.Last().Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task The_session_says_who_it_is_and_how_to_prove_it()
    {
        await using var at = await At.StartAsync();
        using (var nobody = await at.Gateway.Http.GetAsync("/session"))
            Assert.Equal("401 not-signed-in", await SaysAsync(nobody));
        await at.SignInAsync();

        using var answer = await at.SendAsync(HttpMethod.Get, "/session");

        var session = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(at.Issuer.User, session.GetProperty("user").GetProperty("id").GetGuid());
        Assert.Equal(43, session.GetProperty("csrfToken").GetString()!.Length);
    }

    [Fact]
    public async Task A_change_by_cookie_needs_the_token_and_our_own_origin()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        var csrf = await at.CsrfAsync();
        var own = at.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        (string? Token, string? Origin, string? Site, bool Passes)[] matrix =
        [
            (csrf, own, null, true),
            (csrf, null, "same-origin", true),
            (csrf, own, "same-origin", true),
            (null, own, "same-origin", false),
            ("x" + csrf[1..], own, "same-origin", false),
            (csrf, null, null, false),
            (csrf, "https://evil.example", null, false),
            (csrf, "null", null, false),
            (csrf, "https://evil.example", "same-origin", false),
            (csrf, null, "cross-site", false),
            (csrf, null, "same-site", false),
        ];
        foreach (var (token, origin, site, passes) in matrix)
        {
            at.Upstream.Requests.Clear();
            using var answer = await at.SendAsync(
                HttpMethod.Post,
                "/api/applications",
                request =>
                {
                    request.Headers.TryAddWithoutValidation("X-CSRF-Token", token);
                    request.Headers.TryAddWithoutValidation("Origin", origin);
                    request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
                }
            );
            Assert.Equal(
                (passes ? "200 " : "403 csrf.invalid", token, origin, site),
                (await SaysAsync(answer), token, origin, site)
            );
            Assert.Equal(passes ? 1 : 0, at.Upstream.Requests.Count);
        }
    }

    [Fact]
    public async Task A_resumable_upload_rides_on_the_cookie_and_only_its_changes_need_the_token()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        var csrf = await at.CsrfAsync();
        foreach (
            var (method, changes) in ((string, bool)[])
                [("OPTIONS", false), ("POST", true), ("HEAD", false), ("PATCH", true), ("DELETE", true)]
        )
        {
            using var bare = await SendAsync(method, null);
            using var proven = await SendAsync(method, csrf);
            Assert.Equal((method, changes ? 403 : 200, 200), (method, (int)bare.StatusCode, (int)proven.StatusCode));
        }

        Task<HttpResponseMessage> SendAsync(string method, string? token) =>
            at.SendAsync(
                new HttpMethod(method),
                "/api/portfolios/x/uploads/y",
                request =>
                {
                    request.Headers.Add("Tus-Resumable", "1.0.0");
                    request.Headers.Add("Sec-Fetch-Site", "same-origin");
                    request.Headers.TryAddWithoutValidation("X-CSRF-Token", token);
                }
            );
    }

    [Fact]
    public async Task The_cookie_and_a_token_together_are_refused()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        using var answer = await at.SendAsync(
            HttpMethod.Get,
            "/api/applications",
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "a.b.c")
        );
        Assert.Equal("400 credentials.ambiguous", await SaysAsync(answer));
    }

    [Fact]
    public async Task However_many_requests_and_replicas_need_a_new_token_one_refresh_token_is_spent_once()
    {
        await using var at = await At.StartAsync(new TokenIssuer { ExpiresIn = 61 });
        await using var replica = await RunningGateway.StartAsync(
            RunningGateway.Behind(at.Upstream.Address),
            at.Gateway.Database
        );
        await at.SignInAsync();
        var first = at.Issuer.LastToken;
        // From a second on it has less than a minute left, and is due; the next one lasts, however long the requests
        // take.
        at.Issuer.ExpiresIn = 600;
        await Task.Delay(1100);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i => at.SendAsync(HttpMethod.Get, "/api/applications", by: i % 2 == 0 ? at.Gateway : replica))
        );

        Assert.Equal(1, at.Issuer.Refreshes);
        Assert.NotEqual(first, at.Issuer.LastToken);
        foreach (var answer in answers)
            Assert.Equal($"Bearer {at.Issuer.LastToken}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task While_identity_is_away_a_token_that_still_lasts_is_used()
    {
        await using var at = await At.StartAsync(new TokenIssuer { ExpiresIn = 60 });
        await at.SignInAsync();
        at.Issuer.IsAway = true;
        using var away = await at.SendAsync(HttpMethod.Get, "/api/applications");
        // The upstream that plays both is away as a whole: what counts is that the gateway went on to it.
        Assert.Equal("/api/applications", at.Upstream.Requests.Last().RawTarget);
        Assert.False(away.Headers.Contains("Set-Cookie"));
        at.Issuer.IsAway = false;
        using var back = await at.SendAsync(HttpMethod.Get, "/api/applications");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_that_can_no_longer_be_renewed_is_over()
    {
        await using var at = await At.StartAsync(new TokenIssuer { ExpiresIn = 60 });
        await at.SignInAsync();
        at.Issuer.IsDead = true;

        using var ended = await at.SendAsync(HttpMethod.Get, "/api/applications");

        Assert.Equal("401 session.ended", await SaysAsync(ended));
        Assert.StartsWith(
            "pedatt=; expires=Thu, 01 Jan 1970",
            ended.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal
        );
        using var after = await at.SendAsync(HttpMethod.Get, "/api/applications");
        Assert.Equal("401 session.ended", await SaysAsync(after));
        Assert.Equal(1, at.Issuer.Refreshes);
    }

    [Fact]
    public async Task A_sign_in_that_was_ended_elsewhere_ends_the_session_and_a_wrong_password_does_not()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        var csrf = await at.CsrfAsync();
        using var wrong = await at.SendAsync(
            HttpMethod.Post,
            "/api/identity/tokens",
            request =>
            {
                request.Headers.Add("X-CSRF-Token", csrf);
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
                request.Content = new StringContent(
                    "{\"login\":\"a\",\"password\":\"wrong\"}",
                    Encoding.UTF8,
                    "application/json"
                );
            }
        );
        Assert.Equal("401 credentials.invalid", await SaysAsync(wrong));
        Assert.False(wrong.Headers.Contains("Set-Cookie"));

        using var ended = await at.SendAsync(HttpMethod.Get, "/api/applications/ended");
        Assert.Equal("401 session.ended", await SaysAsync(ended));
        Assert.Contains(
            "expires=Thu, 01 Jan 1970",
            ended.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal
        );
        using var after = await at.SendAsync(HttpMethod.Get, "/api/applications");
        Assert.Equal("401 session.ended", await SaysAsync(after));
    }

    [Fact]
    public async Task A_session_outlives_the_gateway_and_is_known_to_every_replica()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        await using var later = await RunningGateway.StartAsync(
            RunningGateway.Behind(at.Upstream.Address),
            at.Gateway.Database
        );
        await at.Gateway.DisposeAsync();

        using var answer = await at.SendAsync(HttpMethod.Get, "/api/applications", by: later);

        Assert.Equal($"Bearer {at.Issuer.LastToken}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_identity()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        var csrf = await at.CsrfAsync();
        using (var without = await at.SendAsync(HttpMethod.Delete, "/session"))
            Assert.Equal("403 csrf.invalid", await SaysAsync(without));

        using var answer = await at.SendAsync(
            HttpMethod.Delete,
            "/session",
            request =>
            {
                request.Headers.Add("X-CSRF-Token", csrf);
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
            }
        );

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Contains(
            "expires=Thu, 01 Jan 1970",
            answer.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal
        );
        Assert.Equal($"Bearer {at.Issuer.LastToken}", at.Issuer.SignedOutWith);
        using var after = await at.SendAsync(HttpMethod.Get, "/session");
        Assert.Equal("401 session.ended", await SaysAsync(after));
    }

    [Fact]
    public async Task What_anybody_may_ask_is_answered_in_spite_of_a_cookie_that_has_run_out()
    {
        await using var at = await At.StartAsync();
        at.Cookie = "pedatt=long-gone";

        using var answer = await at.SendAsync(HttpMethod.Get, "/api/documents/verify/abc");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            "expires=Thu, 01 Jan 1970",
            answer.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal
        );
        Assert.False(at.Upstream.Requests.Last().Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Signing_in_over_a_cookie_that_has_run_out_gives_a_new_one()
    {
        await using var at = await At.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/session")
        {
            Content = JsonContent.Create(new { login = "a", password = "right" }),
        };
        request.Headers.Add("Cookie", "pedatt=long-gone");

        using var answer = await at.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Matches("^pedatt=[A-Za-z0-9_-]{43};", answer.Headers.GetValues("Set-Cookie").Single());
    }

    [Fact]
    public async Task A_session_left_alone_ends_and_is_swept()
    {
        await using var at = await At.StartAsync(
            settings: [("Sessions__Idle", "00:00:01"), ("Sessions__SweepEvery", "00:00:00.200")]
        );
        await at.SignInAsync();
        var tries = 0;
        while (await CountAsync(at.Gateway.Database, at.Issuer.User) > 0)
        {
            Assert.True(tries++ < 100, "The session is still there.");
            await Task.Delay(100);
        }
        using var answer = await at.SendAsync(HttpMethod.Get, "/api/applications");
        Assert.Equal("401 session.ended", await SaysAsync(answer));
    }

    private static async Task<string> SaysAsync(HttpResponseMessage answer)
    {
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var code = isProblem
            ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
            : "";
        return $"{(int)answer.StatusCode} {code}";
    }

    private static async Task<long> CountAsync(string database, Guid user)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select count(*) from sessions where user_id = $1");
        command.Parameters.AddWithValue(user);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> ReadAsync(At at, string sql)
    {
        await using var source = NpgsqlDataSource.Create(at.Gateway.Database);
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
