using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;

namespace PedAtt.Documents.Trust;

/// <summary>Keeping and finding what signatures were judged by.</summary>
public static class EvidenceStore
{
    /// <summary>In the transaction that is open: the parts once each, whoever brings them first.</summary>
    public static async Task KeepAsync(
        this DocumentsDb db,
        Verification verification,
        IEnumerable<EvidencePart> parts,
        CancellationToken ct
    )
    {
        foreach (var part in parts.OrderBy(part => part.Sha256, StringComparer.Ordinal))
        {
            var kind = part.Kind.ToString().ToLowerInvariant();
            await db.Database.ExecuteSqlAsync(
                $"insert into evidence_parts (sha256, kind, content) values ({part.Sha256}, {kind}, {part.Content}) on conflict do nothing",
                ct
            );
        }
        db.Verifications.Add(verification);
    }

    /// <summary>The last examination of each of these signatures, with the certificates of its chains: not the lists,
    /// which are long.</summary>
    public static async Task<
        IReadOnlyDictionary<Guid, (Verification Last, IReadOnlyList<byte[]> Certificates)>
    > LastExaminationsAsync(this DocumentsDb db, IReadOnlyList<Guid> signatures, CancellationToken ct)
    {
        var all = await db
            .Verifications.AsNoTracking()
            .Where(one => signatures.Contains(one.SignatureId))
            .ToListAsync(ct);
        var last = all.GroupBy(one => one.SignatureId).Select(group => group.MaxBy(one => one.Id)!).ToList();
        var hashes = last.SelectMany(one => one.Parts).Distinct().ToList();
        var certificates = await db
            .EvidenceParts.AsNoTracking()
            .Where(part => part.Kind == EvidenceKind.Certificate && hashes.Contains(part.Sha256))
            .ToDictionaryAsync(part => part.Sha256, part => part.Content, ct);
        return last.ToDictionary(
            one => one.SignatureId,
            one =>
                (
                    one,
                    (IReadOnlyList<byte[]>)
                        [.. one.Parts.Where(certificates.ContainsKey).Select(hash => certificates[hash])]
                )
        );
    }

    /// <summary>A document's examinations, oldest first, with all that they were judged by.</summary>
    public static async Task<(
        IReadOnlyList<Verification> Verifications,
        IReadOnlyDictionary<string, EvidencePart> Parts
    )> EvidenceAsync(this DocumentsDb db, IEnumerable<Guid> signatures, CancellationToken ct)
    {
        var verifications = await db
            .Verifications.AsNoTracking()
            .Where(one => signatures.Contains(one.SignatureId))
            .OrderBy(one => one.Id)
            .ToListAsync(ct);
        var hashes = verifications.SelectMany(one => one.Parts).Distinct().ToList();
        return (
            verifications,
            await db
                .EvidenceParts.AsNoTracking()
                .Where(part => hashes.Contains(part.Sha256))
                .ToDictionaryAsync(part => part.Sha256, ct)
        );
    }
}
