using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PedAtt.ServiceDefaults.Data;

public static class Database
{
    /// <summary>Adds the service's context on <c>ConnectionStrings:{name}</c>.</summary>
    public static void AddDatabase<TDb>(this IHostApplicationBuilder builder, string name)
        where TDb : ServiceDb
    {
        builder.Services.AddDbContext<TDb>(
            (services, options) =>
                options
                    .UseNpgsql(
                        builder.Configuration.GetConnectionString(name)
                            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set."),
                        npgsql => npgsql.MigrationsHistoryTable("migrations_history")
                    )
                    .AddInterceptors(services.GetRequiredService<CommitSignal>())
                    .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        );
        builder.EnrichNpgsqlDbContext<TDb>(settings =>
        {
            // Expected failures (a server that restarts) are answered by the caller's retry or the worker's next round:
            // a retrying strategy would forbid the explicit transactions on which the moves stand.
            settings.DisableRetry = true;
            settings.DisableTracing = settings.DisableMetrics = !Telemetry.IsExported(builder.Configuration);
        });
        builder.Services.AddHostedService<Housekeeping<TDb>>();
        builder.Services.AddScoped<ServiceDb>(services => services.GetRequiredService<TDb>());
    }

    /// <summary>
    /// Runs what the command line asks for and says true: the process has done its work. <c>--migrate</c> brings the
    /// schema up to date; <see cref="DeadLetters"/> has the others.
    /// </summary>
    public static async Task<bool> RanCommandAsync<TDb>(this WebApplication app, string[] args)
        where TDb : ServiceDb
    {
        if (await DeadLetters.RanAsync(app, args))
            return true;
        if (!args.Contains("--migrate"))
            return false;
        await MigrateAsync<TDb>(app.Services);
        return true;
    }

    public static async Task MigrateAsync<TDb>(IServiceProvider services)
        where TDb : ServiceDb
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDb>().Database.MigrateAsync();
    }

    /// <summary>Whether PostgreSQL refused the row because of this unique index.</summary>
    public static bool Violates(this DbUpdateException exception, string index) =>
        exception.InnerException is Npgsql.PostgresException { SqlState: "23505" } refused
        && refused.ConstraintName == index;
}
