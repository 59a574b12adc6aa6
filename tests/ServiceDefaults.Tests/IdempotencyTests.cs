using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PedAtt.ServiceDefaults.Tests;

/// <summary>A small real service on Kestrel and PostgreSQL: POST /notes makes a note, and fails where the body asks for
/// it.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private sealed record Body(string? Text, bool? Fail);

    private static readonly Guid Caller = Guid.NewGuid();

    private readonly TaskCompletionSource running = new();
    private readonly TaskCompletionSource goOn = new();
    private WebApplication app = null!;
    private HttpClient http = null!;
    private string connection = "";

    public async ValueTask InitializeAsync()
    {
        connection = await SampleDb.CreateAsync("idempotency");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:sample"] = connection;
        builder.AddDatabase<SampleDb>("sample");
        builder.Services.AddProblems();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CommitSignal>();
        builder.Services.AddSingleton(new Encryption(new byte[32]));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CurrentUser>();
        app = builder.Build();
        app.UseProblems();
        app.Use(
            (context, next) =>
            {
                var caller = context.Request.Headers["X-Caller"].ToString() is { Length: > 0 } other
                    ? other
                    : Caller.ToString();
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", caller)], "test"));
                return next(context);
            }
        );
        var notes = app.MapGroup("/notes").WithIdempotency();
        notes.MapPost("", CreateAsync);
        notes.MapPost(
            "slow",
            async (HttpContext context, SampleDb db, CancellationToken ct) =>
            {
                running.SetResult();
                await goOn.Task;
                return await CreateAsync(context, db, ct);
            }
        );
        notes.MapPost(
            "hung-up",
            async (HttpContext context, SampleDb db) =>
            {
                var made = await CreateAsync(context, db, CancellationToken.None);
                context.RequestAborted = new CancellationToken(canceled: true);
                return made;
            }
        );
        await app.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_answer_once_made()
    {
        var first = await PostAsync("a", new { text = "one" });
        var second = await PostAsync("a", new { text = "one" });

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync());
        await using var db = SampleDb.Open(connection);
        Assert.DoesNotContain(
            "one",
            System.Text.Encoding.UTF8.GetString((await db.IdempotentAnswers.SingleAsync()).Body)
        );
    }

    [Fact]
    public async Task Who_hangs_up_while_the_answer_is_written_gets_the_whole_of_it_the_next_time()
    {
        await PostAsync("a", new { text = "one" }, path: "/notes/hung-up");
        var again = await PostAsync("a", new { text = "one" }, path: "/notes/hung-up");

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Contains("one", await again.Content.ReadAsStringAsync());
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Another_body_with_the_same_key_is_refused()
    {
        await PostAsync("b", new { text = "one" });
        var other = await PostAsync("b", new { text = "two" });

        Assert.Equal((HttpStatusCode)422, other.StatusCode);
        Assert.Equal("idempotency.key-reused", await CodeAsync(other));
    }

    [Fact]
    public async Task Another_caller_path_and_query_have_keys_of_their_own()
    {
        await PostAsync("c", new { text = "one" });
        Assert.Equal(
            HttpStatusCode.Created,
            (await PostAsync("c", new { text = "two" }, caller: Guid.NewGuid())).StatusCode
        );
        goOn.SetResult();
        Assert.Equal(
            HttpStatusCode.Created,
            (await PostAsync("c", new { text = "three" }, path: "/notes/slow")).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Created,
            (await PostAsync("c", new { text = "one" }, path: "/notes?dryRun=true")).StatusCode
        );
        Assert.Equal(4, await CountAsync());
    }

    [Fact]
    public async Task A_refused_call_may_be_repeated_and_leaves_nothing()
    {
        var refused = await PostAsync("d", new { text = "one", fail = true });
        Assert.Equal("too.bad", await CodeAsync(refused));
        Assert.Equal(0, await CountAsync());

        Assert.Equal(HttpStatusCode.Created, (await PostAsync("d", new { text = "one" })).StatusCode);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_second_call_while_the_first_runs_is_told_so()
    {
        var first = PostAsync("e", new { text = "one" }, path: "/notes/slow");
        await running.Task;
        var second = await PostAsync("e", new { text = "one" }, path: "/notes/slow");
        goOn.SetResult();

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("idempotency.in-progress", await CodeAsync(second));
        Assert.Equal(HttpStatusCode.Created, (await first).StatusCode);
    }

    [Fact]
    public async Task A_key_that_is_no_key_is_refused()
    {
        Assert.Equal(
            "idempotency.key-invalid",
            await CodeAsync(await PostAsync(new string('k', 201), new { text = "one" }))
        );
        Assert.Equal(0, await CountAsync());
    }

    private static async Task<IResult> CreateAsync(HttpContext context, SampleDb db, CancellationToken ct)
    {
        var body = await RequestBody.ReadAsync<Body>(context, ct);
        var note = new Note { Aggregate = Guid.Empty, JudgedBy = 0 };
        db.Notes.Add(note);
        await db.SaveChangesAsync(ct);
        if (body.Fail == true)
            throw Problem.Conflict("too.bad", "asked to fail after it had written");
        context.SetVersion(1);
        return TypedResults.Created($"/notes/{note.Id}", new { note.Id, body.Text });
    }

    private async Task<HttpResponseMessage> PostAsync(
        string key,
        object body,
        string path = "/notes",
        Guid? caller = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        if (caller is not null)
            request.Headers.Add("X-Caller", caller.ToString());
        return await http.SendAsync(request);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<Dictionary<string, System.Text.Json.JsonElement>>())!
            ["code"]
            .GetString();

    private async Task<int> CountAsync()
    {
        await using var db = SampleDb.Open(connection);
        return await db.Notes.CountAsync();
    }
}
