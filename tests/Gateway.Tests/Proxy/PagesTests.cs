using System.Net;
using Microsoft.AspNetCore.Http;
using PedAtt.Edge;
using PedAtt.Gateway.Proxy;
using PedAtt.Gateway.Tests.Sessions;

namespace PedAtt.Gateway.Tests.Proxy;

public sealed class PagesTests
{
    [Fact]
    public async Task A_page_gets_the_token_the_forms_token_and_its_own_cookies_only()
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        var expected = await at.CsrfAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/applications");
        request.Headers.Add("Cookie", $"{at.Cookie}; pedatt-language=kk");
        request.Headers.Add(PagesHeaders.Csrf, "mine");
        using var answer = await at.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var seen = at.Upstream.Requests.Last().Headers;
        Assert.Equal($"Bearer {at.Issuer.LastToken}", seen.Authorization.ToString());
        Assert.Equal("pedatt-language=kk", seen.Cookie.ToString());
        Assert.NotEqual(expected, seen[PagesHeaders.Csrf].ToString());
        Assert.True(CsrfToken.Match(expected, seen[PagesHeaders.Csrf].ToString()));
    }

    [Theory]
    [InlineData("https://evil.example", null)]
    [InlineData("null", null)]
    [InlineData(null, "cross-site")]
    [InlineData(null, null)]
    public async Task A_form_from_elsewhere_reaches_no_page(string? origin, string? site)
    {
        await using var at = await At.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        using var answer = await at.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(at.Upstream.Requests, seen => seen.RawTarget == "/sign-in");
    }

    [Fact]
    public async Task Only_who_proves_to_be_the_pages_says_for_whom_they_ask()
    {
        await using var at = await At.StartAsync();
        foreach (
            var (proof, told) in new[]
            {
                ("nonsense", "127.0.0.1"),
                (ProofOf("applications"), "127.0.0.1"),
                (ProofOf("gateway"), "203.0.113.7"),
            }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/applications");
            request.Headers.Add(PagesHeaders.Proof, proof);
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "pedatt.example");
            using var answer = await at.Gateway.Http.SendAsync(request);

            Assert.Equal(told, at.Upstream.Requests.Last().Headers["X-Forwarded-For"].ToString());
            Assert.False(at.Upstream.Requests.Last().Headers.ContainsKey(PagesHeaders.Proof));
        }
    }

    /// <summary>With the token of a session that has ended since, too: who leaves a shared computer is not
    /// refused.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sign_out_by_form_comes_from_our_own_page_and_leads_to_the_start(bool withToken)
    {
        await using var at = await At.StartAsync();
        await at.SignInAsync();
        var token = withToken ? CsrfToken.Mask(await at.CsrfAsync()) : "of another session";
        Assert.Equal(HttpStatusCode.Forbidden, (await EndAsync("https://evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await EndAsync(null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await at.SendAsync(HttpMethod.Get, "/session")).StatusCode);

        using var ended = await EndAsync(at.Gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));

        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        Assert.Equal("/", ended.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await at.SendAsync(HttpMethod.Get, "/session")).StatusCode);

        async Task<HttpResponseMessage> EndAsync(string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/session/end")
            {
                Content = new FormUrlEncodedContent([new(CsrfToken.Field, token)]),
            };
            request.Headers.Add("Cookie", at.Cookie);
            if (origin is not null)
                request.Headers.Add("Origin", origin);
            return await at.Gateway.Http.SendAsync(request);
        }
    }

    /// <summary>Somebody signs in on the page where another was still signed in: the former session ends, and the new
    /// one stays.</summary>
    [Fact]
    public async Task A_page_that_signs_in_anew_ends_the_former_session_alone()
    {
        var issuer = new TokenIssuer();
        var cookie = "";
        var upstream = await Upstream.StartAsync(http =>
        {
            if (http.Request.Path != "/sign-in")
                return issuer.AnswerAsync(http);
            http.Response.Headers[PagesHeaders.SessionEnded] = "true";
            http.Response.Headers.SetCookie = cookie;
            return http.Response.WriteAsync("here");
        });
        await using var at = new At
        {
            Issuer = issuer,
            Upstream = upstream,
            Gateway = await RunningGateway.StartAsync(upstream),
        };
        await at.SignInAsync();
        cookie = $"{at.Cookie!.Split('=')[0]}=another; path=/; httponly";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("Cookie", at.Cookie);

        using var answer = await at.Gateway.Http.SendAsync(request);

        Assert.Equal([cookie], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await at.SendAsync(HttpMethod.Get, "/session")).StatusCode);
    }

    [Fact]
    public async Task A_person_is_told_in_words_when_no_page_answers()
    {
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Behind($"http://127.0.0.1:{RunningGateway.FreePort()}")
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/applications");
        request.Headers.Add("Accept", "text/html");
        using var answer = await gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("lang=\"kk\"", page);
        Assert.Contains("lang=\"ru\"", page);
        Assert.DoesNotContain("service.unavailable", page);
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("cross-site", false)]
    public async Task A_form_of_our_own_that_no_page_takes_is_kept_to_be_sent_again_but_for_its_password(
        string site,
        bool isKept
    )
    {
        // Half a token in ten seconds: the second request is one too many.
        await using var at = await At.StartAsync(
            null,
            ("RateLimits__Address__Burst", "1"),
            ("RateLimits__Address__PerSecond", "0.1")
        );
        await at.Gateway.Http.GetAsync("/register");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register?from=\"letter\"")
        {
            Content = new FormUrlEncodedContent([new("familyName", "Әбен <b>"), new("password", "Құпия сөз")]),
        };
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await at.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(isKept, page.Contains("Әбен <b>", StringComparison.Ordinal));
        Assert.DoesNotContain("Құпия сөз", page);
        Assert.DoesNotContain("too-many-requests", page);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_refused_in_words()
    {
        await using var at = await At.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/applications/x")
        {
            Content = new ByteArrayContent(new byte[65 * 1024 * 1024]),
        };
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await at.Gateway.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Empty(at.Upstream.Requests);
    }

    private static string ProofOf(string audience) =>
        new ServiceTokens(
            "web",
            new Microsoft.IdentityModel.Tokens.SymmetricSecurityKey(new byte[32]),
            TimeProvider.System
        ).For(audience);
}
