using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PedAtt.ServiceDefaults.Tests;

/// <summary>A service that exports over OTLP, and everything that it exports, byte by byte.</summary>
public sealed class TelemetryTests
{
    /// <summary>Stands in addresses and parameters, and must stand in nothing that is exported.</summary>
    private const string Personal = "971240001315";

    /// <summary>PostgreSQL names it when it refuses the row.</summary>
    private static readonly Guid Row = new("97124000-1315-4000-8000-000000000001");

    private readonly ConcurrentQueue<(string Path, string Body)> exported = [];

    [Fact]
    public async Task Requests_calls_and_queries_are_told_without_what_a_person_typed()
    {
        await using var collector = await CollectorAsync();
        var database = await SampleDb.CreateAsync("telemetry");
        await using (var service = await ServiceAsync(collector.Urls.First(), database))
        {
            using var http = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
            using var answer = await http.GetAsync($"/notes?iin={Personal}");
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }

        // The service has stopped, and so has told everything.
        var (traces, logs, metrics) = (Of("/v1/traces"), Of("/v1/logs"), Of("/v1/metrics"));
        Assert.All(
            ["GET /notes", "/called", "insert into notes", "sample-service", "http.request.method"],
            known => Assert.Contains(known, traces, StringComparison.OrdinalIgnoreCase)
        );
        Assert.Contains("A note was asked for", logs, StringComparison.Ordinal);
        Assert.All(
            ["http.server.request.duration", "http.client.request.duration", "dotnet.gc", "db.client"],
            known => Assert.Contains(known, metrics, StringComparison.Ordinal)
        );
        Assert.All(
            [traces, logs, metrics],
            told =>
            {
                Assert.DoesNotContain(Personal, told, StringComparison.Ordinal);
                Assert.DoesNotContain(Row.ToString(), told, StringComparison.Ordinal);
                Assert.DoesNotContain("url.query", told, StringComparison.Ordinal);
                Assert.DoesNotContain("client.address", told, StringComparison.Ordinal);
            }
        );
    }

    private string Of(string path) => string.Concat(exported.Where(one => one.Path == path).Select(one => one.Body));

    private async Task<WebApplication> CollectorAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            exported.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<WebApplication> ServiceAsync(string collector, string database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        builder.Configuration["ConnectionStrings:sample"] = database;
        builder.Configuration["Internal:Key"] = Convert.ToBase64String(new byte[32]);
        builder.AddServiceDefaults("sample-service", judgesTokens: false);
        builder.AddDatabase<SampleDb>("sample");
        builder.Services.AddHttpClient();
        var app = builder.Build();
        app.MapGet("/called", () => "");
        app.MapGet(
            "/notes",
            async (
                string iin,
                SampleDb db,
                HttpContext http,
                IHttpClientFactory clients,
                ILogger<TelemetryTests> log
            ) =>
            {
                log.LogInformation("A note was asked for");
                using var client = clients.CreateClient();
                await client.GetStringAsync(new Uri($"http://{http.Request.Host}/called?iin={iin}"));
                await db.Database.SqlQuery<string>($"select {iin} as \"Value\"").ToListAsync();
                try
                {
                    for (var i = 0; i < 2; i++)
                        await db.Database.ExecuteSqlAsync(
                            $"insert into notes (id, aggregate, judged_by) values ({Row}, {Row}, 1)"
                        );
                    return Results.Ok();
                }
                catch (Npgsql.PostgresException refused) when (refused.ConstraintName == "pk_notes")
                {
                    return Results.Conflict();
                }
            }
        );
        await app.StartAsync();
        return app;
    }
}
