namespace PedAtt.Eds;

/// <summary>
/// Why something was refused: the codes of <see cref="RefusalException"/> and of a verdict's checks. They stay; pages
/// translate them. The reason beside a code is for a person who looks closer.
/// </summary>
public static class Refusals
{
    /// <summary>Not DER or BER of the expected shape, or bytes left over.</summary>
    public const string Malformed = "malformed";

    /// <summary>More bytes, certificates or attributes than a signature has.</summary>
    public const string TooLarge = "too-large";

    /// <summary>GOST 34.310-2004 or GOST 34.311-95: no longer accepted.</summary>
    public const string LegacyAlgorithm = "algorithm.legacy";

    /// <summary>GOST 34.10-2015 with 256 bits: not issued to people, never tested, not accepted.</summary>
    public const string Gost256 = "algorithm.gost-256";
    public const string UnknownAlgorithm = "algorithm.unknown";

    /// <summary>The algorithms of a signature do not go together.</summary>
    public const string AlgorithmMismatch = "algorithm.mismatch";

    /// <summary>A public key out of range, too short or not on its curve.</summary>
    public const string PublicKey = "public-key";
    public const string SignerCount = "signer.count";
    public const string SignerIdentifier = "signer.identifier";
    public const string SignerCertificateMissing = "signer.certificate-missing";
    public const string ContentType = "content.type";

    /// <summary>The CMS carries the document where it must not, or another one.</summary>
    public const string ContentAttached = "content.attached";
    public const string DocumentChanged = "document.changed";
    public const string AttributeMissing = "attribute.missing";
    public const string AttributeRepeated = "attribute.repeated";
    public const string AttributeUnknown = "attribute.unknown";
    public const string SigningCertificate = "signing-certificate.other";
    public const string SignatureWrong = "signature.wrong";
    public const string TimestampMissing = "timestamp.missing";
    public const string TimestampRepeated = "timestamp.repeated";
    public const string TimestampOther = "timestamp.other";
    public const string TimestampAuthority = "timestamp.authority";
    public const string TimestampFuture = "timestamp.future";
    public const string IssuerUnknown = "chain.issuer-unknown";
    public const string IssuerSignature = "chain.signature-wrong";
    public const string NotAnAuthority = "chain.not-an-authority";
    public const string PathTooLong = "chain.path-too-long";
    public const string UnknownExtension = "certificate.unknown-extension";
    public const string NotYetValid = "certificate.not-yet-valid";
    public const string Expired = "certificate.expired";
    public const string KeyUsage = "certificate.key-usage";
    public const string Purpose = "certificate.purpose";
    public const string IinMissing = "iin.missing";
    public const string IinInvalid = "iin.invalid";
    public const string IinOther = "iin.other";
    public const string BinMissing = "bin.missing";
    public const string BinInvalid = "bin.invalid";
    public const string BinOther = "bin.other";
    public const string Role = "role.missing";
    public const string Revoked = "revocation.revoked";
    public const string RevocationUnknown = "revocation.unavailable";
}
