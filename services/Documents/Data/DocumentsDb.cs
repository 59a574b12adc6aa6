using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PedAtt.Documents.Register;
using PedAtt.Documents.Signing;
using PedAtt.Documents.Trust;
using PedAtt.Internal;

namespace PedAtt.Documents.Data;

public sealed class DocumentsDb(DbContextOptions<DocumentsDb> options) : ServiceDb(options)
{
    public DbSet<Document> Documents => Set<Document>();

    public DbSet<DocumentContent> DocumentContents => Set<DocumentContent>();

    public DbSet<Signature> Signatures => Set<Signature>();

    public DbSet<ScanUpload> ScanUploads => Set<ScanUpload>();

    public DbSet<Verification> Verifications => Set<Verification>();

    public DbSet<EvidencePart> EvidenceParts => Set<EvidencePart>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Document>(document =>
        {
            document.ToTable("documents");
            document.Property(row => row.Id).ValueGeneratedNever();
            document
                .Property(row => row.Reasons)
                .HasColumnType("jsonb")
                .HasConversion(
                    reasons => JsonSerializer.Serialize(reasons, Json.Options),
                    json => JsonSerializer.Deserialize<ReceiptReason[]>(json, Json.Options)!,
                    new ValueComparer<IReadOnlyList<ReceiptReason>>(
                        (left, right) => ReferenceEquals(left, right),
                        reasons => reasons.Count,
                        reasons => reasons
                    )
                );
            document
                .HasMany(row => row.Signatures)
                .WithOne()
                .HasForeignKey(row => row.DocumentId)
                .OnDelete(DeleteBehavior.Restrict);
            document.HasIndex(row => row.Code).IsUnique();
            document.HasIndex(row => row.ApplicationId);
            document
                .HasIndex(row => new { row.ApplicationId, row.EditVersion })
                .IsUnique()
                .HasFilter("kind = 'statement'")
                .HasDatabaseName("one_statement_an_edit");
            document
                .HasIndex(row => new { row.ApplicationId, row.Submission })
                .IsUnique()
                .HasFilter("kind <> 'statement' and replaced_at is null")
                .HasDatabaseName("one_receipt_a_submission");
        });
        model.Entity<DocumentContent>(content =>
        {
            content.ToTable("document_contents");
            content.HasKey(row => row.DocumentId);
            content.Property(row => row.DocumentId).ValueGeneratedNever();
            content
                .HasOne<Document>()
                .WithOne()
                .HasForeignKey<DocumentContent>(row => row.DocumentId)
                .OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Signature>(signature =>
        {
            signature.ToTable("signatures");
            signature.Property(row => row.Id).ValueGeneratedNever();
            signature.Ignore(row => row.Counts);
            signature
                .HasIndex(row => new { row.ScanAfter, row.Id })
                .HasFilter("scan_state = 'pending'")
                .HasDatabaseName("scans_to_scan");
            signature.HasIndex(row => row.ScanId);
            signature
                .HasIndex(row => row.AskAgainAt)
                .HasFilter("ask_again_at is not null")
                .HasDatabaseName("signatures_to_ask_about");
        });
        model.Entity<Verification>(verification =>
        {
            verification.ToTable("verifications");
            verification.Property(row => row.Id).ValueGeneratedNever();
            verification.Property(row => row.Record).HasColumnType("jsonb");
            verification
                .HasOne<Signature>()
                .WithMany()
                .HasForeignKey(row => row.SignatureId)
                .OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<EvidencePart>(part =>
        {
            part.ToTable("evidence_parts");
            part.HasKey(row => row.Sha256);
        });
        model.Entity<ScanUpload>(upload =>
        {
            upload.ToTable("scan_uploads");
            upload.Property(row => row.Id).ValueGeneratedNever();
            upload.HasIndex(row => row.At);
        });
    }
}
