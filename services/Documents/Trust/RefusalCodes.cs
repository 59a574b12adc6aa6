using PedAtt.Eds;

namespace PedAtt.Documents.Trust;

/// <summary>What a failed check is called in the public contract: eight words that people are told, of some fifty that
/// Eds knows.</summary>
public static class RefusalCodes
{
    /// <summary>Who sent a broken file is told that first; an unknown algorithm comes before the arithmetic that it
    /// prevents.</summary>
    private static readonly string[] order =
    [
        Codes.SignatureMalformed,
        Codes.SignatureAlgorithm,
        Codes.SignatureInvalid,
        Codes.SignatureUntrusted,
        Codes.SignatureExpired,
        Codes.SignatureRevoked,
        Codes.SignatureWrongSigner,
        Codes.SignatureWrongUsage,
    ];

    private static readonly Dictionary<string, string> ofChecks = new()
    {
        [Checks.Encoding] = Codes.SignatureMalformed,
        [Checks.OneSigner] = Codes.SignatureMalformed,
        [Checks.ContentType] = Codes.SignatureMalformed,
        [Checks.Algorithms] = Codes.SignatureAlgorithm,
        [Checks.SignedAttributes] = Codes.SignatureMalformed,
        [Checks.Document] = Codes.SignatureInvalid,
        [Checks.SignerCertificate] = Codes.SignatureMalformed,
        [Checks.SigningCertificate] = Codes.SignatureInvalid,
        [Checks.Signature] = Codes.SignatureInvalid,
        [Checks.Timestamp] = Codes.SignatureInvalid,
        [Checks.Chain] = Codes.SignatureUntrusted,
        [Checks.Authorities] = Codes.SignatureUntrusted,
        [Checks.AuthoritiesValidity] = Codes.SignatureExpired,
        [Checks.Validity] = Codes.SignatureExpired,
        [Checks.Extensions] = Codes.SignatureUntrusted,
        [Checks.KeyUsage] = Codes.SignatureWrongUsage,
        [Checks.Purpose] = Codes.SignatureWrongUsage,
        [Checks.Iin] = Codes.SignatureWrongSigner,
        [Checks.Bin] = Codes.SignatureWrongSigner,
        [Checks.Role] = Codes.SignatureWrongUsage,
        [Checks.Revocation] = Codes.SignatureRevoked,
        [Checks.AuthoritiesRevocation] = Codes.SignatureRevoked,
    };

    /// <summary>None for a verdict that is valid or waits.</summary>
    public static string? Of(Verdict verdict) =>
        verdict.Result != VerdictResult.Invalid
            ? null
            // A check that was not reached says nothing of its own; were it ever alone, the signature would still be
            // refused.
            : verdict
                .Checks.Where(check => check.Outcome == CheckOutcome.Failed)
                .Select(Of)
                .MinBy(code => Array.IndexOf(order, code))
                ?? Codes.SignatureMalformed;

    private static string Of(Check check) =>
        check switch
        {
            {
                Code: Refusals.LegacyAlgorithm
                    or Refusals.Gost256
                    or Refusals.UnknownAlgorithm
                    or Refusals.AlgorithmMismatch
                    or Refusals.PublicKey
            } => Codes.SignatureAlgorithm,
            { Code: Refusals.ContentAttached } => Codes.SignatureMalformed,
            {
                Name: Checks.Document or Checks.SigningCertificate or Checks.Signature,
                Code: Refusals.AttributeMissing or Refusals.Malformed
            } => Codes.SignatureMalformed,
            _ => ofChecks[check.Name],
        };
}
