using Microsoft.EntityFrameworkCore;
using PedAtt.Gateway.Sessions;

namespace PedAtt.Gateway.Data;

public sealed class GatewayDb(DbContextOptions<GatewayDb> options) : ServiceDb(options)
{
    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<SessionRow>(session =>
        {
            session.ToTable("sessions").HasKey(row => row.Id);
            session.HasIndex(row => row.ExpiresAt);
        });
        model.Entity<DataProtectionKey>(key =>
        {
            key.ToTable("data_protection_keys").HasKey(row => row.Id);
            key.Property(row => row.Id).ValueGeneratedNever();
        });
    }
}

/// <summary>A key of ASP.NET Core's Data Protection, as the XML that it gives us to keep.</summary>
public sealed class DataProtectionKey
{
    public required Guid Id { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
