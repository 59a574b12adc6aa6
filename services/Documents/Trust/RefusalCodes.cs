using PedAtt.Eds;

namespace PedAtt.Documents.Trust;

/// <summary>What a failed check is called in the public contract: eight words that people are told, of some fifty that
/// Eds knows.</summary>
public static class RefusalCodes
{
    public const string Malformed = "signature.malformed";
    public const string Algorithm = "signature.algorithm";
    public const string Invalid = "signature.invalid";
    public const string Untrusted = "signature.untrusted";
    public const string Expired = "signature.expired";
    public const string Revoked = "signature.revoked";
    public const string WrongSigner = "signature.wrong-signer";
    public const string WrongUsage = "signature.wrong-usage";

    /// <summary>No refusal: the reason of a verdict that is pending.</summary>
    public const string NotAsked = "signature.revocation-unknown";

    /// <summary>Who sent a broken file is told that first; an unknown algorithm comes before the arithmetic that it
    /// prevents.</summary>
    private static readonly string[] order =
    [
        Malformed,
        Algorithm,
        Invalid,
        Untrusted,
        Expired,
        Revoked,
        WrongSigner,
        WrongUsage,
    ];

    private static readonly Dictionary<string, string> ofChecks = new()
    {
        [Checks.Encoding] = Malformed,
        [Checks.OneSigner] = Malformed,
        [Checks.ContentType] = Malformed,
        [Checks.Algorithms] = Algorithm,
        [Checks.SignedAttributes] = Malformed,
        [Checks.Document] = Invalid,
        [Checks.SignerCertificate] = Malformed,
        [Checks.SigningCertificate] = Invalid,
        [Checks.Signature] = Invalid,
        [Checks.Timestamp] = Invalid,
        [Checks.Chain] = Untrusted,
        [Checks.Authorities] = Untrusted,
        [Checks.AuthoritiesValidity] = Expired,
        [Checks.Validity] = Expired,
        [Checks.Extensions] = Untrusted,
        [Checks.KeyUsage] = WrongUsage,
        [Checks.Purpose] = WrongUsage,
        [Checks.Iin] = WrongSigner,
        [Checks.Bin] = WrongSigner,
        [Checks.Role] = WrongUsage,
        [Checks.Revocation] = Revoked,
        [Checks.AuthoritiesRevocation] = Revoked,
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
                ?? Malformed;

    private static string Of(Check check) =>
        check switch
        {
            {
                Code: Refusals.LegacyAlgorithm
                    or Refusals.Gost256
                    or Refusals.UnknownAlgorithm
                    or Refusals.AlgorithmMismatch
                    or Refusals.PublicKey
            } => Algorithm,
            { Code: Refusals.ContentAttached } => Malformed,
            {
                Name: Checks.Document or Checks.SigningCertificate or Checks.Signature,
                Code: Refusals.AttributeMissing or Refusals.Malformed
            } => Malformed,
            _ => ofChecks[check.Name],
        };
}
