using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PedAtt.ServiceDefaults.Hosting;

/// <summary>
/// Traces, metrics and logs over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. What a database adds is added
/// with it.
/// </summary>
public static class Telemetry
{
    public static readonly ActivitySource Source = new("PedAtt");

    private const string MassTransit = "MassTransit";

    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        // Request lines carry query strings, and clients' lines other services' addresses: neither belongs into a log.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Who asks for the health hears the answer; that a service is not ready yet is no failure.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // It throws what it writes, and who handles it writes it too; a caller who gave up is no failure.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.JwtBearer", LogLevel.Critical);
        // A call that was lost for good is told by who made it.
        builder.Logging.AddFilter("Polly", LogLevel.None);
        if (!IsExported(builder.Configuration))
            return;

        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? service))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .WithTracing(traces =>
                traces
                    // The probes come every few seconds and say nothing of what people do.
                    .AddAspNetCoreInstrumentation(requests =>
                        requests.Filter = http => !http.Request.Path.StartsWithSegments("/health")
                    )
                    .AddHttpClientInstrumentation()
                    .AddSource(Source.Name, MassTransit)
                    .AddProcessor(new WithoutQueries())
            )
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter(MassTransit)
            )
            .UseOtlpExporter();
    }

    /// <summary>Where nobody listens nothing is gathered.</summary>
    internal static bool IsExported(IConfiguration configuration) =>
        configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    /// <summary>Takes query strings and people's addresses out of every span: they may hold what a person
    /// typed.</summary>
    private sealed class WithoutQueries : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            data.SetTag("url.query", null);
            data.SetTag("client.address", null);
            if (
                data.GetTagItem("url.full") is string url
                && url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query
            )
                data.SetTag("url.full", url[..query]);
        }
    }
}
