using System.Diagnostics;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using PedAtt.Identity.Demonstration;
using PedAtt.Identity.Domain;

namespace PedAtt.Identity.Tests.Features;

public sealed class SignInTests(IdentityService service)
{
    [Fact]
    public async Task The_token_is_ES256_for_ten_minutes_and_says_who_where_and_in_which_session()
    {
        using var client = service.From();
        var pair = await client.SignInAsync("DEMO-Teacher", DemonstrationSet.Password).JsonAsync();
        Assert.Equal(600, pair.GetProperty("expiresIn").GetInt32());
        var token = new JsonWebToken(pair.Text("accessToken"));
        Assert.Equal(("ES256", "at+jwt", "https://pedatt.example"), (token.Alg, token.Typ, token.Issuer));
        Assert.Equal(["pedatt"], token.Audiences);
        Assert.Equal(TimeSpan.FromMinutes(10), token.ValidTo - token.ValidFrom);
        Assert.True(Guid.TryParse(token.GetPayloadValue<string>("sid"), out _));
        Assert.Equal("demo-teacher", token.GetPayloadValue<string>("login"));
        var assignment = JsonSerializer.Deserialize<JsonElement>(token.GetPayloadValue<string>("assignments")).EnumerateArray().Single();
        Assert.Equal(("teacher", "organisation"), (assignment.Text("role"), assignment.Text("level")));
        Assert.DoesNotContain("990228200018", token.EncodedToken, StringComparison.Ordinal);
        foreach (var claim in token.Claims)
            Assert.DoesNotContain("990228200018", claim.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_login_hears_the_same_as_a_wrong_password_and_as_late()
    {
        using var client = service.From();
        var unknown = await client.SignInAsync("nobody-at-all", "wrong password").JsonAsync(401);
        var wrong = await client.SignInAsync("demo-chair", "wrong password").JsonAsync(401);
        Assert.Equal(Without("traceId", wrong), Without("traceId", unknown));

        // The work of a password's hash is in both: without it the answer would come many times faster.
        using var another = service.From();
        var (fast, slow) = (await TimeAsync("nobody-at-all"), await TimeAsync("demo-chair"));
        Assert.True(fast > slow / 4, $"{fast} for an unknown login, {slow} for a known one");

        async Task<TimeSpan> TimeAsync(string login)
        {
            var times = new List<TimeSpan>();
            for (var i = 0; i < 5; i++)
            {
                var began = Stopwatch.GetTimestamp();
                await another.SignInAsync(login, "wrong password").JsonAsync(401);
                times.Add(Stopwatch.GetElapsedTime(began));
            }
            return times.Min();
        }

        static string Without(string property, JsonElement json) =>
            string.Join(';', json.EnumerateObject().Where(one => one.Name != property).Select(one => one.ToString()));
    }

    [Fact]
    public async Task Login_and_password_are_required()
    {
        using var client = service.From();
        Assert.Equal("login: required; password: required", await client.SignInAsync(" ", null).ErrorsAsync());
    }

    [Fact]
    public async Task Ten_failures_make_that_pair_wait_and_nobody_else()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var guesser = own.From("10.9.0.1");
        using var elsewhere = own.From("10.9.0.2");
        for (var i = 0; i < 10; i++)
            Assert.Equal("401 credentials.invalid", await guesser.SignInAsync("demo-teacher", $"guess number {i}").RefusalAsync());

        var waiting = await guesser.SignInAsync("Demo-Teacher", DemonstrationSet.Password);
        Assert.Equal("429 too-many-requests", await Task.FromResult(waiting).RefusalAsync());
        Assert.InRange(waiting.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        await guesser.SignInAsync("demo-secretary", DemonstrationSet.Password).JsonAsync();
        await elsewhere.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();

        own.Clock.PutForward(SlowingDown.Window);
        await guesser.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
    }

    [Fact]
    public async Task A_success_forgives_the_failures_before_it()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
                Assert.Equal("401 credentials.invalid", await client.SignInAsync("demo-teacher", $"guess number {i}").RefusalAsync());
            await client.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
        }
    }

    [Fact]
    public async Task From_where_a_person_signed_in_before_strangers_guesses_do_not_keep_them_out()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var home = own.From();
        await home.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
        await Parallel.ForAsync(0, SlowingDown.LoginLimit / 10, async (_, _) =>
        {
            using var stranger = own.From();
            for (var i = 0; i < 10; i++)
                await stranger.SignInAsync("demo-teacher", $"guess number {i}").JsonAsync(401);
        });
        using var another = own.From();
        Assert.Equal("429 too-many-requests", await another.SignInAsync("demo-teacher", DemonstrationSet.Password).RefusalAsync());
        await home.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
        await another.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
    }
}
