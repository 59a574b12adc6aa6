using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PedAtt.ServiceDefaults.Data;

internal sealed class DatabaseReady<TDb>(TDb db) : IHealthCheck where TDb : ServiceDb
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
}
