using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Files;
using PedAtt.Portfolio.Reviews;
using PedAtt.Portfolio.Snapshots;
using PedAtt.Portfolio.Uploads;

namespace PedAtt.Portfolio.Data;

public sealed class PortfolioDb(DbContextOptions<PortfolioDb> options) : ServiceDb(options)
{
    public DbSet<PortfolioVersion> Portfolios => Set<PortfolioVersion>();

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<PortfolioFile> Files => Set<PortfolioFile>();

    public DbSet<BlockChange> BlockChanges => Set<BlockChange>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<Snapshot> Snapshots => Set<Snapshot>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<UploadPiece> UploadPieces => Set<UploadPiece>();

    /// <summary>Everything that is stored of one portfolio. What the context tracks already is not read
    /// again.</summary>
    public async Task<PortfolioState> StateAsync(Guid applicationId, CatalogueContext catalogue, CancellationToken ct)
    {
        var portfolio = await Portfolios
            .AsNoTracking()
            .SingleOrDefaultAsync(row => row.ApplicationId == applicationId, ct);
        var entries = await Entries.AsNoTracking().Where(row => row.ApplicationId == applicationId).ToListAsync(ct);
        var held = entries.SelectMany(entry => entry.FileIds).ToArray();
        var files = await Files.AsNoTracking().Where(row => held.Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        var changes = await BlockChanges
            .AsNoTracking()
            .Where(row => row.ApplicationId == applicationId)
            .ToListAsync(ct);
        var reviews = await Reviews.AsNoTracking().Where(row => row.ApplicationId == applicationId).ToListAsync(ct);
        return new PortfolioState(catalogue, portfolio?.Version ?? 0, entries, files, changes, reviews);
    }

    /// <summary>Raises the portfolio's version; a change of content also marks its block as changed at that
    /// version.</summary>
    public async Task<int> RaiseVersionAsync(Guid applicationId, string? changedBlock, CancellationToken ct)
    {
        var version = await Database
            .SqlQuery<int>(
                $"""
                insert into portfolios (application_id, version) values ({applicationId}, 1)
                on conflict (application_id) do update set version = portfolios.version + 1
                returning version as "Value"
                """
            )
            .ToListAsync(ct)
            is [var raised]
            ? raised
            : throw new InvalidOperationException("No version was raised.");
        if (changedBlock is not null)
            await Database.ExecuteSqlAsync(
                $"""
                insert into block_changes (application_id, block, version) values ({applicationId}, {changedBlock}, {version})
                on conflict (application_id, block) do update set version = excluded.version
                """,
                ct
            );
        return version;
    }

    protected override void Map(ModelBuilder model)
    {
        model.Entity<PortfolioVersion>(portfolio =>
        {
            portfolio.ToTable("portfolios");
            portfolio.HasKey(row => row.ApplicationId);
            portfolio.Property(row => row.ApplicationId).ValueGeneratedNever();
        });
        model.Entity<Entry>(entry =>
        {
            entry.ToTable("entries");
            entry.Property(row => row.Id).ValueGeneratedNever();
            entry.Property(row => row.Version).IsConcurrencyToken();
            entry
                .Property(row => row.Fields)
                .HasColumnType("jsonb")
                .HasConversion(
                    fields => JsonSerializer.Serialize(fields, Json.Options),
                    json => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, Json.Options)!,
                    new ValueComparer<IReadOnlyDictionary<string, JsonElement>>(
                        (left, right) => ReferenceEquals(left, right),
                        fields => fields.Count,
                        fields => fields
                    )
                );
            entry.HasIndex(row => new { row.ApplicationId, row.Block });
            entry.HasIndex(row => row.FileIds).HasMethod("gin");
        });
        model.Entity<PortfolioFile>(file =>
        {
            file.ToTable("files");
            file.Property(row => row.Id).ValueGeneratedNever();
            file.HasIndex(row => row.ApplicationId);
            file.HasIndex(row => row.UnreferencedSince).HasFilter("unreferenced_since is not null");
            file.HasIndex(row => new { row.ScanAfter, row.Id })
                .HasFilter("scan = 'pending'")
                .HasDatabaseName("files_to_scan");
        });
        model.Entity<BlockChange>(change =>
        {
            change.ToTable("block_changes");
            change.HasKey(row => new { row.ApplicationId, row.Block });
        });
        model.Entity<Review>(review =>
        {
            review.ToTable("reviews");
            review.Property(row => row.Id).ValueGeneratedNever();
            review.HasIndex(row => row.ApplicationId);
        });
        model.Entity<Snapshot>(snapshot =>
        {
            snapshot.ToTable("snapshots");
            snapshot.HasKey(row => row.SnapshotId);
            snapshot.Property(row => row.SnapshotId).HasColumnName("seal_id").ValueGeneratedNever();
            snapshot.Property(row => row.Content).HasColumnType("jsonb");
            snapshot.HasIndex(row => row.ApplicationId);
            snapshot.HasIndex(row => row.FileIds).HasMethod("gin");
        });
        model.Entity<Upload>(upload =>
        {
            upload.ToTable("uploads");
            upload.Property(row => row.Id).ValueGeneratedNever();
            upload.HasIndex(row => row.ExpiresAt);
            upload.HasIndex(row => row.ApplicationId);
        });
        model.Entity<UploadPiece>(piece =>
        {
            piece.ToTable("upload_pieces");
            piece.Property(row => row.Id).ValueGeneratedNever();
            piece.HasOne<Upload>().WithMany().HasForeignKey(row => row.UploadId);
            piece.HasIndex(row => row.UploadId);
        });
    }
}
