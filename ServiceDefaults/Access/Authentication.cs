using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace PedAtt.ServiceDefaults.Access;

/// <summary>Every service checks the access tokens of Identity by itself: signature, audience, time, and that the
/// session lives.</summary>
public static class Authentication
{
    public const string Audience = "pedatt";

    /// <summary>The longest life of an access token, and so how long an ended session must be remembered.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(10);

    private const string Keys = "identity-keys";

    private const string Ended = "pedatt.session-ended";

    public static void AddTokenAuthentication(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CurrentUser>();
        builder
            .Services.AddHttpClient(Keys, client => client.Timeout = TimeSpan.FromSeconds(5))
            .AddReplicas(mayRepeat: _ => true);
        builder.Services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(
            services => new ConfigurationManager<OpenIdConnectConfiguration>(
                "http://identity/.well-known/jwks.json",
                new KeySetRetriever(),
                new HttpDocumentRetriever(services.GetRequiredService<IHttpClientFactory>().CreateClient(Keys))
                {
                    RequireHttps = false,
                }
            )
            {
                // An unknown key id asks again at once, but not for every forged token that comes along.
                RefreshInterval = TimeSpan.FromSeconds(5),
                AutomaticRefreshInterval = TimeSpan.FromMinutes(5),
            }
        );
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(jwt =>
            {
                jwt.MapInboundClaims = false;
                jwt.RequireHttpsMetadata = false;
                jwt.TokenValidationParameters.ValidAudience = Audience;
                jwt.TokenValidationParameters.ValidTypes = ["at+jwt"];
                jwt.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
                jwt.TokenValidationParameters.ValidIssuer = PublicUrl(builder.Configuration);
                jwt.TokenValidationParameters.NameClaimType = "sub";
                jwt.Events = new JwtBearerEvents
                {
                    OnTokenValidated = async context =>
                    {
                        var ended = context.HttpContext.RequestServices.GetRequiredService<IEndedSessions>();
                        if (!Guid.TryParse(context.Principal?.FindFirst("sid")?.Value, out var session))
                            context.Fail("no sid");
                        else if (await ended.ContainsAsync(session, context.HttpContext.RequestAborted))
                        {
                            context.HttpContext.Items[Ended] = true;
                            context.Fail("session ended");
                        }
                    },
                    OnChallenge = context =>
                    {
                        context.HandleResponse();
                        return ProblemWriter.WriteAsync(
                            context.HttpContext,
                            401,
                            context.HttpContext.Items.ContainsKey(Ended)
                                ? SharedCodes.SessionEnded
                                : SharedCodes.NotSignedIn
                        );
                    },
                    OnForbidden = context =>
                        ProblemWriter.WriteAsync(context.HttpContext, 403, SharedCodes.RoleNotAllowed),
                };
            });
        builder
            .Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IConfigurationManager<OpenIdConnectConfiguration>, TimeProvider>(
                (jwt, keys, clock) =>
                {
                    jwt.ConfigurationManager = keys;
                    jwt.TimeProvider = clock;
                    jwt.TokenValidationParameters.LifetimeValidator = (from, until, _, _) =>
                        from <= clock.GetUtcNow().UtcDateTime.AddSeconds(30)
                        && until >= clock.GetUtcNow().UtcDateTime.AddSeconds(-5);
                }
            );
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Where people reach the system; the issuer of its tokens and the root of its links.</summary>
    public static string PublicUrl(IConfiguration configuration) =>
        configuration["PEDATT_PUBLIC_URL"] is { Length: > 0 } url ? url.TrimEnd('/') : "http://localhost:8080";
}
