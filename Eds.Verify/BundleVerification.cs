using PedAtt.Eds.Certificates;
using PedAtt.Eds.Evidence;

namespace PedAtt.Eds.Verify;

/// <summary>Judges every signature in a bundle again and prints each check beside what was found at its time.</summary>
public static class BundleVerification
{
    public const int AllValid = 0;
    public const int NotValid = 1;
    public const int NotRead = 2;

    public static int Explain(TextWriter to)
    {
        to.WriteLine(
            """
            Verifies the signatures in a bundle of evidence (GET /api/documents/{id}/evidence), offline.

              dotnet run --project Eds.Verify -- <bundle.zip> [--trust <folder>]

            --trust   the authorities (*.cer, *.crt) that you believe. Without it those in the bundle are believed, and their
                      fingerprints printed: compare them with the ones that the authority publishes.

            Ends with 0 if the last examination of every signature is valid, 1 if one is not, 2 if there is nothing to verify.
            """
        );
        return NotRead;
    }

    public static int Run(string file, string? trust, TextWriter to)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bundle = EvidenceBundle.Read(stream);
            var anchors = trust is null ? null : Authorities(trust);
            to.WriteLine($"document: {bundle.Document.Length} bytes, SHA-256 {Sha256(bundle.Document)}");
            if (bundle.Signatures.Count == 0 || bundle.Signatures.Any(signature => signature.Examinations.Count == 0))
            {
                to.WriteLine("There is a signature without an examination, or none at all: nothing to verify.");
                return NotRead;
            }
            // Every signature is judged, so that the reader sees them all.
            var results = bundle
                .Signatures.Select((signature, i) => IsValid(bundle, signature, i + 1, anchors, to))
                .ToList();
            to.WriteLine(results.TrueForAll(valid => valid) ? "VALID" : "NOT VALID");
            return results.TrueForAll(valid => valid) ? AllValid : NotValid;
        }
        catch (Exception broken) when (broken is RefusalException or IOException or UnauthorizedAccessException)
        {
            to.WriteLine(broken.Message);
            return NotRead;
        }
    }

    private static bool IsValid(
        EvidenceBundle bundle,
        SignatureEvidence signature,
        int number,
        IReadOnlyList<Certificate>? trust,
        TextWriter to
    )
    {
        var isValid = false;
        for (var i = 0; i < signature.Examinations.Count; i++)
        {
            var examination = signature.Examinations[i];
            var record = examination.Record;
            var verdict = bundle.Examine(signature, examination, trust);
            to.WriteLine();
            to.WriteLine(
                $"signature {number}, examination {i + 1}: received {record.ReceivedAt:u}, asked about revocation {record.AskedAt:u}"
            );
            to.WriteLine(
                $"  asked for     IIN {record.Policy.Iin ?? "of anybody"}, BIN {record.Policy.Bin ?? "of none"}"
            );
            to.WriteLine(
                $"                one purpose of {string.Join(", ", record.Policy.Purposes)}, one role of {(record.Policy.Roles.Count == 0 ? "none" : string.Join(", ", record.Policy.Roles))}, "
                    + $"non-repudiation {record.Policy.NonRepudiation}"
            );
            to.WriteLine(
                $"                time stamp {record.Policy.Timestamp}, unknown revocation {record.Policy.WhenRevocationUnavailable}"
            );
            to.WriteLine(
                $"  judged then   {record.Result} by version {record.VerifierVersion}; now {verdict.Result} by version {verdict.VerifierVersion}"
            );
            if (verdict.Signer is { } signer)
            {
                to.WriteLine(
                    $"  signer        {signer.CommonName} {signer.Patronymic}, IIN {signer.Iin}, BIN {signer.Bin ?? "none"}, {signer.KeyAlgorithm}"
                );
                to.WriteLine(
                    $"  certificate   {signer.SerialNumber} of {signer.Issuer}, {signer.NotBefore:u} to {signer.NotAfter:u}"
                );
                to.WriteLine(
                    $"  signed at     {verdict.SignedAt:u}, by {(verdict.IsStamped ? "its time stamp" : "the server's word: there is no time stamp that holds")}"
                );
            }
            if (verdict.Chain.Count > 0)
            {
                var anchor = verdict.Chain[^1];
                to.WriteLine(
                    $"  anchor        {anchor.Subject}, SHA-256 {anchor.Thumbprint}{(trust is null ? " (believed as the bundle has it: compare)" : "")}"
                );
            }
            foreach (var check in verdict.Checks)
            {
                var then = record.Checks.FirstOrDefault(one => one.Name == check.Name);
                var changed =
                    then is null || then.Outcome != check.Outcome || then.Code != check.Code
                        ? $"   DIFFERS: then {then?.Outcome.ToString() ?? "none"} {then?.Code}"
                        : "";
                to.WriteLine($"  {check.Name, -24}{check.Outcome, -11}{check.Code} {check.Reason}{changed}".TrimEnd());
            }
            isValid = verdict.IsValid;
        }
        return isValid;
    }

    private static List<Certificate> Authorities(string folder) =>
        [
            .. new DirectoryInfo(folder)
                .GetFiles()
                .Where(file => file.Extension.ToLowerInvariant() is ".cer" or ".crt")
                .Select(file => Certificate.Read(File.ReadAllBytes(file.FullName))),
        ];

    private static string Sha256(byte[] content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
}
