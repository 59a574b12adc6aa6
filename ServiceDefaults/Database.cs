using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PedAtt.ServiceDefaults;

/// <summary>
/// The context that every service's own derives from: snake_case names, enums as kebab-case words, and the tables that
/// each service has for itself: the outbox, the inbox, answers kept for a repeated Idempotency-Key, fences, readings.
/// </summary>
public abstract partial class ServiceDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<InboxMessage> InboxMessages => Set<InboxMessage>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    public DbSet<FenceRow> Fences => Set<FenceRow>();

    public DbSet<Reading> Readings => Set<Reading>();

    /// <summary>Writes the event into the outbox; it is committed with the change that it tells of, and sent after that.</summary>
    public void Publish(object @event) => OutboxMessages.Add(OutboxMessage.Of(@event));

    /// <summary>Runs in one transaction, joining the one that this request may already have. Nothing is committed if it throws.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (Database.CurrentTransaction is not null)
            return await work();
        await using var transaction = await Database.BeginTransactionAsync(ct);
        var result = await work();
        // Past this point the caller's going away must not decide whether the change is kept.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public Task InTransactionAsync(Func<Task> work, CancellationToken ct) =>
        InTransactionAsync(async () => { await work(); return true; }, ct);

    /// <summary>The service's own mapping.</summary>
    protected abstract void Map(ModelBuilder model);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        OutboxMessage.Map(modelBuilder);
        InboxMessage.Map(modelBuilder);
        IdempotentAnswer.Map(modelBuilder);
        FenceRow.Map(modelBuilder);
        Reading.Map(modelBuilder);
        Map(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.GetColumnName()));
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum && property.GetValueConverter() is null)
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(KebabWord<>).MakeGenericType(type))!);
            }
            foreach (var key in entity.GetKeys())
                key.SetName(SnakeCase(key.GetName()!));
            foreach (var key in entity.GetForeignKeys())
                key.SetConstraintName(SnakeCase(key.GetConstraintName()!));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(SnakeCase(index.GetDatabaseName()!));
        }
    }

    private static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex WordStart();

    private sealed class KebabWord<TEnum>() : ValueConverter<TEnum, string>(
        value => ToWord(value), word => FromWord(word))
        where TEnum : struct, Enum
    {
        private static string ToWord(TEnum value) =>
            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

        private static TEnum FromWord(string word) => Enum.Parse<TEnum>(word.Replace("-", ""), ignoreCase: true);
    }
}

public static class Database
{
    /// <summary>Adds the service's context on <c>ConnectionStrings:{name}</c>.</summary>
    public static void AddDatabase<TDb>(this IHostApplicationBuilder builder, string name) where TDb : ServiceDb
    {
        builder.Services.AddDbContext<TDb>((services, options) => options
            .UseNpgsql(
                builder.Configuration.GetConnectionString(name)
                ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set."),
                // Expected failures (a server that restarts) are answered by the caller's retry or the worker's next round:
                // a retrying strategy would forbid the explicit transactions on which the moves stand.
                npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
            .AddInterceptors(services.GetRequiredService<CommitSignal>())
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        builder.Services.AddHostedService<Housekeeping<TDb>>();
        builder.Services.AddScoped<ServiceDb>(services => services.GetRequiredService<TDb>());
        builder.Services.AddHealthChecks().AddCheck<DatabaseReady<TDb>>("database", tags: [Health.Ready]);
    }

    /// <summary>
    /// Runs what the command line asks for and says true: the process has done its work. <c>--migrate</c> brings the schema
    /// up to date; <see cref="DeadLetters"/> has the others.
    /// </summary>
    public static async Task<bool> RanCommandAsync<TDb>(this WebApplication app, string[] args) where TDb : ServiceDb
    {
        if (await DeadLetters.RanAsync(app, args))
            return true;
        if (!args.Contains("--migrate"))
            return false;
        await MigrateAsync<TDb>(app.Services);
        return true;
    }

    public static async Task MigrateAsync<TDb>(IServiceProvider services) where TDb : ServiceDb
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDb>().Database.MigrateAsync();
    }

    /// <summary>Runs the SQL file embedded beside the migrations.</summary>
    public static void SqlFile(this MigrationBuilder migration, Type beside, string file)
    {
        var name = beside.Assembly.GetManifestResourceNames().Single(name => name.EndsWith("." + file, StringComparison.Ordinal));
        using var reader = new StreamReader(beside.Assembly.GetManifestResourceStream(name)!);
        migration.Sql(reader.ReadToEnd());
    }

    /// <summary>From here on PostgreSQL itself refuses to change or delete a row of the table.</summary>
    public static void KeepAppendOnly(this MigrationBuilder migration, string table) => migration.Sql($"""
        create or replace function refuse_change() returns trigger language plpgsql as $$
        begin
            raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
        end $$;
        create trigger {table}_append_only before update or delete or truncate on {table}
            for each statement execute function refuse_change();
        """);

    /// <summary>Whether PostgreSQL refused the row because of this unique index.</summary>
    public static bool Violates(this DbUpdateException exception, string index) =>
        exception.InnerException is Npgsql.PostgresException { SqlState: "23505" } refused && refused.ConstraintName == index;

    private sealed class DatabaseReady<TDb>(TDb db) : Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck where TDb : ServiceDb
    {
        public async Task<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult> CheckHealthAsync(
            Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckContext context, CancellationToken ct) =>
            await db.Database.CanConnectAsync(ct)
                ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy()
                : Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy();
    }
}

/// <summary>Wakes the outbox when something was committed, so that an event leaves at once and not at the next poll.</summary>
public sealed class CommitSignal : DbTransactionInterceptor, ISaveChangesInterceptor, IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct) => await signal.WaitAsync(atMost, ct);

    public void Dispose() => signal.Dispose();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Raise();
        return Task.CompletedTask;
    }

    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            Raise();
        return ValueTask.FromResult(result);
    }

    private void Raise()
    {
        if (signal.CurrentCount > 0)
            return;
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in between: awake is awake.
        }
    }
}
