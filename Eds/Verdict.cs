using PedAtt.Eds.Certificates;

namespace PedAtt.Eds;

public enum VerdictResult
{
    Invalid,

    /// <summary>Nothing speaks against it, but nobody could say yet whether the certificate was revoked.</summary>
    Waiting,
    Valid,
}

public enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>Not known yet; the policy lets it wait.</summary>
    Waiting,

    /// <summary>The policy does not ask for it, or there is nothing to check.</summary>
    NotNeeded,

    /// <summary>Could not be looked at, because of another check that failed. Never valid.</summary>
    NotReached,
}

/// <summary>The checks by name, in the order in which a verdict lists them.</summary>
public static class Checks
{
    /// <summary>The CMS can be read.</summary>
    public const string Encoding = "encoding";
    public const string OneSigner = "one-signer";

    /// <summary>It signs data, in itself and in what was signed.</summary>
    public const string ContentType = "content-type";
    public const string Algorithms = "algorithms";

    /// <summary>The signed attributes are the known ones, each once.</summary>
    public const string SignedAttributes = "signed-attributes";

    /// <summary>The document is the one that was signed.</summary>
    public const string Document = "document";

    /// <summary>The signer's certificate is there, found by issuer and serial number.</summary>
    public const string SignerCertificate = "signer-certificate";

    /// <summary>signingCertificateV2, where present, names that certificate.</summary>
    public const string SigningCertificate = "signing-certificate";

    /// <summary>The arithmetic: the certificate's key made the signature.</summary>
    public const string Signature = "signature";
    public const string Timestamp = "timestamp";

    /// <summary>Signatures lead from the certificate to a pinned anchor.</summary>
    public const string Chain = "chain";

    /// <summary>Every issuer may issue: basicConstraints, keyUsage, path length.</summary>
    public const string Authorities = "authorities";
    public const string AuthoritiesValidity = "authorities-validity";
    public const string Validity = "validity";

    /// <summary>No critical extension that is not understood.</summary>
    public const string Extensions = "extensions";
    public const string KeyUsage = "key-usage";
    public const string Purpose = "purpose";
    public const string Iin = "iin";
    public const string Bin = "bin";
    public const string Role = "role";
    public const string Revocation = "revocation";
    public const string AuthoritiesRevocation = "authorities-revocation";

    public static IReadOnlyList<string> All { get; } =
    [
        Encoding,
        OneSigner,
        ContentType,
        Algorithms,
        SignedAttributes,
        Document,
        SignerCertificate,
        SigningCertificate,
        Signature,
        Timestamp,
        Chain,
        Authorities,
        AuthoritiesValidity,
        Validity,
        Extensions,
        KeyUsage,
        Purpose,
        Iin,
        Bin,
        Role,
        Revocation,
        AuthoritiesRevocation,
    ];
}

/// <param name="Name">One of <see cref="Checks"/>.</param>
/// <param name="Code">One of <see cref="Refusals"/>, when something is to be said.</param>
/// <param name="Reason">For a person who looks closer.</param>
public sealed record Check(string Name, CheckOutcome Outcome, string? Code = null, string? Reason = null);

/// <summary>Who signed, as the certificate says it.</summary>
/// <param name="FirstName">The common name without the surname.</param>
/// <param name="Patronymic">What the certificate calls the given name.</param>
/// <param name="SerialNumber">Hexadecimal.</param>
/// <param name="Thumbprint">SHA-256 of the certificate, hexadecimal.</param>
public sealed record Signer(
    string? Iin,
    string? Bin,
    string? CommonName,
    string? Surname,
    string? FirstName,
    string? Patronymic,
    string? Organisation,
    string SerialNumber,
    string Issuer,
    string Thumbprint,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string KeyAlgorithm,
    IReadOnlyList<string> Purposes
);

/// <summary>What was found, check by check.</summary>
/// <param name="SignedAt">The time by which the certificate is judged: the time stamp's, or the server's where there is
/// none.</param>
/// <param name="IsStamped">Whether <paramref name="SignedAt"/> is a time stamp's.</param>
/// <param name="ClaimedAt">What the signer's own clock said; proves nothing.</param>
/// <param name="Chain">From the signer's certificate to the anchor; empty when there is no such way.</param>
/// <param name="Revocation">What was known about the signer's certificate.</param>
/// <param name="VerifierVersion">Which edition of the rules judged.</param>
public sealed record Verdict(
    IReadOnlyList<Check> Checks,
    Signer? Signer,
    DateTimeOffset? SignedAt,
    bool IsStamped,
    DateTimeOffset? ClaimedAt,
    IReadOnlyList<Certificate> Chain,
    Revocation.RevocationAnswer? Revocation,
    string VerifierVersion
)
{
    /// <summary>From the certificate of a time stamp that holds to its anchor.</summary>
    public IReadOnlyList<Certificate> TimestampChain { get; init; } = [];

    public VerdictResult Result =>
        Checks.Any(check => check.Outcome is CheckOutcome.Failed or CheckOutcome.NotReached) ? VerdictResult.Invalid
        : Checks.Any(check => check.Outcome == CheckOutcome.Waiting) ? VerdictResult.Waiting
        : VerdictResult.Valid;

    public bool IsValid => Result == VerdictResult.Valid;

    public Check this[string name] => Checks.First(check => check.Name == name);

    /// <summary>The first check that speaks against the signature.</summary>
    public Check? Refusal =>
        Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed)
        ?? Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.NotReached);
}
