using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using PedAtt.Demonstration;

namespace PedAtt.Identity.Tests.SignIn;

public sealed class SignInWithPasswordTests(IdentityService service)
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
        var assignment = JsonSerializer
            .Deserialize<JsonElement>(token.GetPayloadValue<string>("assignments"))
            .EnumerateArray()
            .Single();
        Assert.Equal(("teacher", "organisation"), (assignment.Text("role"), assignment.Text("level")));
        Assert.DoesNotContain("990228200018", token.EncodedToken, StringComparison.Ordinal);
        foreach (var claim in token.Claims)
            Assert.DoesNotContain("990228200018", claim.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_login_hears_the_same_as_a_wrong_password_after_the_same_work()
    {
        var work = new ConcurrentQueue<string>();
        await using var own = await IdentityService.OfItsOwnAsync(with: services =>
            services.AddScoped<IPasswordHasher<User>>(provider =>
                ActivatorUtilities.CreateInstance<WatchedHasher>(provider, work)
            )
        );
        using var client = own.From();
        await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        work.Clear();
        var unknown = await client.SignInAsync("nobody-at-all", "wrong password").JsonAsync(401);
        var ofUnknown = work.ToArray();
        work.Clear();
        var wrong = await client.SignInAsync("demo-chair", "wrong password").JsonAsync(401);
        Assert.Equal(Without("traceId", wrong), Without("traceId", unknown));
        // The hashing is what takes the time: one of as many rounds in both.
        Assert.Equal("1000", Assert.Single(ofUnknown));
        Assert.Equal(work, ofUnknown);

        static string Without(string property, JsonElement json) =>
            string.Join(';', json.EnumerateObject().Where(one => one.Name != property).Select(one => one.ToString()));
    }

    /// <summary>The real one; something else happens between its comparison and what follows from it.</summary>
    private sealed class InterruptedHasher(IOptions<PasswordHasherOptions> options, Func<Task> meanwhile)
        : PasswordHasher<User>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(
            User user,
            string hashedPassword,
            string providedPassword
        )
        {
            var result = base.VerifyHashedPassword(user, hashedPassword, providedPassword);
            meanwhile().GetAwaiter().GetResult();
            return result;
        }
    }

    /// <summary>The real one; it writes down how many rounds each hash took that it compared with.</summary>
    private sealed class WatchedHasher(IOptions<PasswordHasherOptions> options, ConcurrentQueue<string> work)
        : PasswordHasher<User>(options)
    {
        public override PasswordVerificationResult VerifyHashedPassword(
            User user,
            string hashedPassword,
            string providedPassword
        )
        {
            work.Enqueue($"{BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hashedPassword).AsSpan(5))}");
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
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
            Assert.Equal(
                "401 credentials.invalid",
                await guesser.SignInAsync("demo-teacher", $"guess number {i}").RefusalAsync()
            );

        var waiting = await guesser.SignInAsync("Demo-Teacher", DemonstrationSet.Password);
        Assert.Equal("429 too-many-requests", await Task.FromResult(waiting).RefusalAsync());
        Assert.InRange(waiting.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        await guesser.SignInAsync("demo-secretary", DemonstrationSet.Password).JsonAsync();
        await elsewhere.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();

        own.Clock.PutForward(SlowingDown.Window);
        await guesser.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guesses_side_by_side_get_no_further_than_guesses_in_a_row(bool isKnown)
    {
        var login = isKnown ? (await service.RegisteredAsync()).Login : $"nobody-{Guid.NewGuid():N}";
        using var guesser = service.From();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 25).Select(i => guesser.SignInAsync(login, $"guess number {i}"))
        );
        Assert.Equal(
            [(401, SlowingDown.PairLimit), (429, 25 - SlowingDown.PairLimit)],
            answers.CountBy(answer => (int)answer.StatusCode).Select(pair => (pair.Key, pair.Value)).Order()
        );
    }

    [Fact]
    public async Task No_more_are_judged_at_once_than_may_fail()
    {
        await using var scope = service.Services.CreateAsyncScope();
        await using var another = service.Services.CreateAsyncScope();
        var attempts = scope.ServiceProvider.GetRequiredService<SignInAttempts>();
        var login = $"nobody-{Guid.NewGuid():N}";
        var begun = Enumerable
            .Range(0, SlowingDown.PairLimit)
            .Select(_ => attempts.Of(login, IPAddress.Loopback))
            .ToArray();
        foreach (var attempt in begun)
            await attempts.BeginAsync(attempt, default);
        var oneMore = another
            .ServiceProvider.GetRequiredService<SignInAttempts>()
            .BeginAsync(attempts.Of(login, IPAddress.Loopback), default);
        // However long we look, it is not let in before another is judged.
        await Task.WhenAny(oneMore, Task.Delay(300));
        Assert.False(oneMore.IsCompleted);
        foreach (var attempt in begun)
            await attempts.FailedAsync(attempt);
        Assert.Equal(429, (await Assert.ThrowsAsync<Problem>(() => oneMore)).Status);
    }

    [Fact]
    public async Task Many_right_ones_side_by_side_all_get_in()
    {
        using var client = service.From();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 25).Select(_ => client.SignInAsync("demo-teacher", DemonstrationSet.Password))
        );
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Attempts_whose_process_died_lock_nobody_out()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        for (var i = 0; i < SlowingDown.PairLimit - 1; i++)
            await client.SignInAsync("demo-teacher", "wrong password").JsonAsync(401);
        await using var db = own.Open();
        await db.SignInFailures.ExecuteUpdateAsync(row => row.SetProperty(one => one.Open, true));
        await client.SignInAsync("demo-teacher", "wrong password").JsonAsync(401);
        own.Clock.PutForward(SlowingDown.Judging);
        await client.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
    }

    [Fact]
    public async Task Of_IPv6_a_network_is_one_address()
    {
        var person = await service.RegisteredAsync();
        for (var i = 0; i < SlowingDown.PairLimit; i++)
        {
            using var guesser = service.From($"2001:db8:0:7::{i:x}");
            await guesser.SignInAsync(person.Login, "wrong password").JsonAsync(401);
        }
        using var same = service.From("2001:db8:0:7:1:2:3:4");
        Assert.Equal("429 too-many-requests", await same.SignInAsync(person.Login, person.Password).RefusalAsync());
        using var another = service.From("2001:db8:0:8::1");
        await another.SignInAsync(person.Login, person.Password).JsonAsync();
    }

    [Fact]
    public async Task What_happens_while_a_password_is_compared_counts_for_that_sign_in()
    {
        Func<Task> meanwhile = () => Task.CompletedTask;
        await using var own = await IdentityService.OfItsOwnAsync(with: services =>
            services.AddScoped<IPasswordHasher<User>>(provider =>
                ActivatorUtilities.CreateInstance<InterruptedHasher>(provider, () => meanwhile())
            )
        );
        using var administrator = await own.AsAdministratorAsync();
        var (person, school) = (await own.RegisteredAsync(), await own.OrganisationAsync());
        using var client = own.From();

        meanwhile = () =>
            administrator
                .PutAsync(
                    $"users/{person.Id}/roles",
                    new { assignments = new[] { new { role = "secretary", organisationId = school } } }
                )
                .JsonAsync();
        var token = new JsonWebToken(
            (await client.SignInAsync(person.Login, person.Password).JsonAsync()).Text("accessToken")
        );
        Assert.Contains("secretary", token.GetPayloadValue<string>("assignments"), StringComparison.Ordinal);
        Assert.DoesNotContain("teacher", token.GetPayloadValue<string>("assignments"), StringComparison.Ordinal);

        meanwhile = () => administrator.PostAsync($"users/{person.Id}/block", new { }).JsonAsync(204);
        Assert.Equal("401 credentials.invalid", await client.SignInAsync(person.Login, person.Password).RefusalAsync());
        await using var db = own.Open();
        Assert.False(await db.Sessions.AnyAsync(session => session.UserId == person.Id && session.EndedAt == null));

        await administrator.PostAsync($"users/{person.Id}/unblock", new { }).JsonAsync(204);
        meanwhile = () =>
            db
                .Users.Where(one => one.Id == person.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(one => one.PasswordHash, "another"));
        Assert.Equal("401 credentials.invalid", await client.SignInAsync(person.Login, person.Password).RefusalAsync());
        Assert.False(await db.Sessions.AnyAsync(session => session.UserId == person.Id && session.EndedAt == null));
    }

    [Fact]
    public async Task A_success_forgives_the_failures_before_it()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
                Assert.Equal(
                    "401 credentials.invalid",
                    await client.SignInAsync("demo-teacher", $"guess number {i}").RefusalAsync()
                );
            await client.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
        }
    }

    [Fact]
    public async Task From_where_a_person_signed_in_before_strangers_guesses_do_not_keep_them_out()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var home = own.From();
        await home.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
        var strangers = Enumerable.Range(0, (SlowingDown.LoginLimit / 10) + 2).Select(_ => own.From()).ToArray();
        var guesses = await Task.WhenAll(
            strangers.SelectMany(stranger =>
                Enumerable.Range(0, 10).Select(i => stranger.SignInAsync("demo-teacher", $"guess number {i}"))
            )
        );
        Assert.Equal(SlowingDown.LoginLimit, guesses.Count(guess => guess.StatusCode == HttpStatusCode.Unauthorized));
        using var another = own.From();
        Assert.Equal(
            "429 too-many-requests",
            await another.SignInAsync("demo-teacher", DemonstrationSet.Password).RefusalAsync()
        );
        await home.SignInAsync("demo-teacher", DemonstrationSet.Password).JsonAsync();
        await another.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
    }
}
