using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>
/// The context that every service's own derives from: snake_case names, enums as kebab-case words, and the tables that
/// each service has for itself: the outbox, the inbox, answers kept for a repeated Idempotency-Key, fences, readings.
/// </summary>
public abstract class ServiceDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<InboxMessage> InboxMessages => Set<InboxMessage>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    public DbSet<FenceRow> Fences => Set<FenceRow>();

    public DbSet<Reading> Readings => Set<Reading>();

    /// <summary>Writes the event into the outbox; it is committed with the change that it tells of, and sent after
    /// that.</summary>
    public void Publish(object @event) => OutboxMessages.Add(OutboxMessage.Of(@event));

    /// <summary>Runs in one transaction, joining the one that this request may already have. Nothing is committed if it
    /// throws.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (Database.CurrentTransaction is not null)
            return await work();
        var transaction = await Database.BeginTransactionAsync(ct);
        try
        {
            var result = await work();
            await CommitAsync(transaction);
            return result;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// While a call with an Idempotency-Key runs: its transaction begins with what it writes first, and stays open
    /// until its answer can be committed with it (<see cref="Idempotency"/>).
    /// </summary>
    internal bool CommitsWithAnswer { get; set; }

    /// <summary>Past this point the caller's going away must not decide whether the change is kept.</summary>
    internal async Task CommitAsync(IDbContextTransaction transaction)
    {
        if (CommitsWithAnswer)
            return;
        await transaction.CommitAsync(CancellationToken.None);
        await transaction.DisposeAsync();
    }

    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        if (CommitsWithAnswer && Database.CurrentTransaction is null)
            await Database.BeginTransactionAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public Task InTransactionAsync(Func<Task> work, CancellationToken ct) =>
        InTransactionAsync(
            async () =>
            {
                await work();
                return true;
            },
            ct
        );

    protected sealed override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.UseSnakeCaseNamingConvention();

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
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (type.IsEnum && property.GetValueConverter() is null)
                property.SetValueConverter(
                    (ValueConverter)Activator.CreateInstance(typeof(KebabWord<>).MakeGenericType(type))!
                );
        }
    }

    private sealed class KebabWord<TEnum>()
        : ValueConverter<TEnum, string>(value => ToWord(value), word => FromWord(word))
        where TEnum : struct, Enum
    {
        private static string ToWord(TEnum value) =>
            System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

        private static TEnum FromWord(string word) => Enum.Parse<TEnum>(word.Replace("-", ""), ignoreCase: true);
    }
}
