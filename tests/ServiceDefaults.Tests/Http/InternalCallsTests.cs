using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PedAtt.ServiceDefaults.Tests.Http;

/// <summary>A service's client, and the replicas of the service that it asks.</summary>
public sealed class InternalCallsTests : IAsyncDisposable
{
    private readonly List<WebApplication> running = [];
    private readonly ConcurrentBag<string> answered = [];

    private sealed record Question(string Text);

    private sealed record Answer(string Text);

    private sealed class PapersClient(HttpClient http)
    {
        public Task<Answer?> AskAsync(string text) => http.AskAsync<Question, Answer>("echo", new(text), default);

        public Task<Answer?> NothingAsync() => http.AskAsync<Answer>("nothing", default);

        public Task<Answer?> BrokenAsync() => http.AskAsync<Answer>("broken", default);
    }

    [Fact]
    public async Task The_calls_are_spread_over_the_replicas()
    {
        var client = Client(await ReplicaAsync("first"), await ReplicaAsync("second"));

        for (var i = 0; i < 10; i++)
            Assert.Equal($"{i}", (await client.AskAsync($"{i}"))?.Text);

        Assert.Equal((5, 5), (answered.Count(name => name == "first"), answered.Count(name => name == "second")));
    }

    [Fact]
    public async Task A_replica_that_is_away_loses_no_call_and_no_body()
    {
        var client = Client(Nobody(), await ReplicaAsync("second"), Nobody());

        for (var i = 0; i < 6; i++)
            Assert.Equal($"{i}", (await client.AskAsync($"{i}"))?.Text);
    }

    [Fact]
    public async Task A_replica_that_dies_over_a_call_loses_it_to_another()
    {
        var client = Client(await ReplicaAsync("first", hangsUp: true), await ReplicaAsync("second"));

        for (var i = 0; i < 6; i++)
            Assert.Equal($"{i}", (await client.AskAsync($"{i}"))?.Text);
        Assert.Contains("first", answered);
    }

    [Fact]
    public async Task A_service_that_nobody_answers_for_is_unavailable()
    {
        var client = Client(Nobody());

        var refused = await Assert.ThrowsAsync<Problem>(() => client.AskAsync("anybody?"));
        Assert.Equal((503, "service.unavailable"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task What_was_answered_is_not_asked_again()
    {
        var client = Client(await ReplicaAsync("first"));

        Assert.Null(await client.NothingAsync());
        Assert.Equal(503, (await Assert.ThrowsAsync<Problem>(client.BrokenAsync)).Status);
        Assert.Equal(2, answered.Count);
    }

    [Fact]
    public async Task Only_a_token_made_for_the_service_opens_it()
    {
        var replica = await ReplicaAsync("first");
        Assert.NotNull(await Client(replica).AskAsync("with a token"));
        using var stranger = new HttpClient();

        using var answer = await stranger.GetAsync(new Uri(new Uri(replica), "internal/broken"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in running)
            await app.DisposeAsync();
    }

    private PapersClient Client(params string[] replicas)
    {
        var app = Build(
            "asker",
            builder =>
            {
                foreach (var (i, replica) in replicas.Index())
                    builder.Configuration[$"services:papers:http:{i}"] = replica;
                builder.AddInternalClient<PapersClient>("papers");
            }
        );
        running.Add(app);
        return app.Services.GetRequiredService<PapersClient>();
    }

    private async Task<string> ReplicaAsync(string name, bool hangsUp = false)
    {
        var app = Build("papers", _ => { });
        app.UseProblems();
        app.Use(
            async (http, next) =>
            {
                answered.Add(name);
                if (hangsUp)
                    http.Abort();
                else
                    await next(http);
            }
        );
        var calls = app.MapInternal();
        calls.MapPost("/echo", (Question question) => new Answer(question.Text));
        calls.MapGet("/broken", () => Results.StatusCode(500));
        await app.StartAsync();
        running.Add(app);
        return app.Urls.First();
    }

    private static WebApplication Build(string name, Action<WebApplicationBuilder> add)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Internal:Key"] = Convert.ToBase64String(new byte[32]);
        builder.AddServiceDefaults(name, judgesTokens: false);
        builder.Logging.ClearProviders();
        add(builder);
        return builder.Build();
    }

    /// <summary>An address where nobody listens.</summary>
    private static string Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
