using System.Reflection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.ServiceDefaults.Hosting;

/// <summary>What every service does in the same way. No business word is in this project.</summary>
public static class Defaults
{
    /// <param name="name">The service's name in the AppHost: its queues' prefix, its tokens' audience, its name in
    /// traces.</param>
    /// <param name="judgesTokens">False for what only passes its reader's token on.</param>
    public static void AddServiceDefaults(this WebApplicationBuilder builder, string name, bool judgesTokens = true)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddTelemetry(name);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.AddProblems(Assembly.GetCallingAssembly());
        builder.Services.AddHealthChecks();
        builder.Services.AddServiceDiscovery();
        builder.Services.AddOpenApi();
        builder.Services.NameSchemasByUseCase();
        builder.Services.AddSingleton(services => new ServiceTokens(
            name,
            InternalKey(builder.Configuration),
            services.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddSingleton(_ => new Encryption(InternalSecret(builder.Configuration)));
        builder.Services.AddSingleton<CommitSignal>();
        if (judgesTokens)
            builder.AddTokenAuthentication();
        // Identity asks its own database instead of itself.
        if (judgesTokens && name != "identity")
            builder.AddEndedSessionsFeed();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // Loopback always; where the gateway stands elsewhere its networks are configured, "10.0.0.0/8;…".
            foreach (
                var network in (builder.Configuration["PEDATT_PROXIES"] ?? "").Split(
                    ';',
                    StringSplitOptions.RemoveEmptyEntries
                )
            )
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        });
    }

    public static void UseServiceDefaults(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseProblems();
        // As Kestrel refuses it in a path: no text that we keep or look for holds U+0000. A cursor is judged as a
        // cursor.
        app.Use(
            (http, next) =>
                http.Request.Query.Any(one => one.Key != "after" && $"{one.Key}{one.Value}".Contains('\0'))
                    ? throw Problem.With(400, SharedCodes.RequestMalformed)
                    : next(http)
        );
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        // Before authentication: a probe that gave up would count as a token that could not be judged.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false })
            .AllowAnonymous()
            .ShortCircuit();
        app.MapHealthChecks("/health/ready").AllowAnonymous().ShortCircuit();
        app.MapOpenApi().AllowAnonymous();
    }

    private static SymmetricSecurityKey InternalKey(ConfigurationManager configuration) =>
        new(InternalSecret(configuration));

    private static byte[] InternalSecret(ConfigurationManager configuration) =>
        Convert.FromBase64String(
            configuration["Internal:Key"]
                ?? throw new InvalidOperationException(
                    "Internal:Key is not set: the secret that all services share, 32 bytes in base64."
                )
        );
}
