using PedAtt.Documents.Signing;
using PedAtt.Eds.Evidence;

namespace PedAtt.Documents.Trust;

/// <summary>A document's evidence as the bundle that Eds.Verify reads (docs/signatures.md).</summary>
public static class EvidenceFile
{
    /// <param name="signatures">The CMS ones, oldest first.</param>
    public static byte[] Of(
        byte[] content,
        IEnumerable<Signature> signatures,
        IReadOnlyList<Verification> verifications,
        IReadOnlyDictionary<string, EvidencePart> parts
    )
    {
        var bundle = new EvidenceBundle(
            content,
            [
                .. signatures.Select(signature => new SignatureEvidence(
                    signature.Cms!,
                    [
                        .. verifications
                            .Where(one => one.SignatureId == signature.Id)
                            .Select(one => new Examination(
                                VerificationRecord.Parse(one.Record),
                                Of(one, EvidenceKind.Certificate),
                                Of(one, EvidenceKind.Ocsp),
                                Of(one, EvidenceKind.Crl)
                            )),
                    ]
                )),
            ]
        );
        using var file = new MemoryStream();
        bundle.Write(file);
        return file.ToArray();

        byte[][] Of(Verification verification, EvidenceKind kind) =>
            [
                .. verification
                    .Parts.Select(hash => parts[hash])
                    .Where(part => part.Kind == kind)
                    .Select(part => part.Content),
            ];
    }
}
