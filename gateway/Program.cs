using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using PedAtt.Gateway;
using PedAtt.Gateway.Clients;
using PedAtt.Gateway.Data;
using PedAtt.Gateway.Docs;
using PedAtt.Gateway.Limits;
using PedAtt.Gateway.Proxy;
using PedAtt.Gateway.Sessions;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("gateway");
builder.AddDatabase<GatewayDb>("gateway");
builder.Services.AddKeyRing();
builder.AddSessions();
builder.AddRequestLimits();
builder.AddForwarding();
builder.AddPageProblems();
builder.Services.AddSingleton<SystemHealth>();
builder.Services.AddHttpClient(SystemHealth.ClientName, client => client.Timeout = TimeSpan.FromSeconds(3));

// YARP tells whole addresses, queries included.
builder.Logging.AddFilter("Yarp", LogLevel.Warning);

// Each probe that fails would be a page; that a service has become unhealthy is said once, by another category.
builder.Logging.AddFilter("Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", LogLevel.None);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Routes.SmallBody);

// Who may do what is for the services to say: the gateway reads a token only to know whom to count a request for.
builder.Services.Configure<AuthorizationOptions>(authorization => authorization.FallbackPolicy = null);

var app = builder.Build();
if (await app.RanCommandAsync<GatewayDb>(args))
{
    app.MakeFirstKey();
    return;
}

app.UseClientAddress();
app.UsePagesProof();
app.UseAccessLog();
app.UseSecurityHeaders();
app.UseProblems();
app.UsePlainPaths();
app.UseRouting();
app.UseAuthentication();
app.UseSessions();
app.UseAuthorization();

SystemHealth.Map(app);
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
app.MapSession();
app.MapDocs();
app.MapForwarding();

await app.RunAsync();
