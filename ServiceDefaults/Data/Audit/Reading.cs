using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>
/// That somebody read another person's application, file or document: who, in which role, when.
/// Append-only; docs/retention.md says for how long.
/// </summary>
public sealed class Reading
{
    public Guid Id { get; private set; } = Guid.CreateVersion7();

    public required Guid ReaderId { get; init; }

    public required string Role { get; init; }

    /// <summary>application, submission, portfolio, file, document, person</summary>
    public required string Subject { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>The application that the subject belongs to, or null.</summary>
    public Guid? ApplicationId { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static void Map(ModelBuilder model) =>
        model.Entity<Reading>(reading =>
        {
            reading.ToTable("readings");
            reading.Property(row => row.Id).ValueGeneratedNever();
            reading.HasIndex(row => new { row.ApplicationId, row.At });
            reading.HasIndex(row => row.At);
        });
}
