using PedAtt.Gateway.Clients;

namespace PedAtt.Gateway.Sessions;

public static class SessionSetup
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<SessionOptions>(builder.Configuration.GetSection("Sessions"));
        builder.Services.AddScoped<SessionStore>();
        builder.Services.AddScoped<SessionGate>();
        builder.Services.AddSingleton<TokenRenewal>();
        builder.Services.AddHostedService<SessionSweeper>();
        builder.Services.AddSingleton<IdentityClient>();
        builder
            .Services.AddHttpClient(
                IdentityClient.Name,
                client =>
                {
                    client.BaseAddress = new Uri("http://identity");
                    client.Timeout = TimeSpan.FromSeconds(10);
                }
            )
            // Anything else might have been done already: a refresh token, for one, is good for one use.
            .AddReplicas(mayRepeat: Replicas.WasNotReached);
    }

    /// <summary>
    /// The limiter stands in the middle: it counts by the person, and counts before anything is asked of Identity.
    /// </summary>
    public static void UseSessions(this WebApplication app)
    {
        app.Use(
            async (http, next) =>
            {
                await http.RequestServices.GetRequiredService<SessionGate>().IdentifyAsync(http);
                await next(http);
            }
        );
        app.UseRateLimiter();
        app.Use(
            async (http, next) =>
            {
                await http.RequestServices.GetRequiredService<SessionGate>().AdmitAsync(http);
                await next(http);
            }
        );
    }
}
