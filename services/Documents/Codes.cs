namespace PedAtt.Documents;

/// <summary>The codes of the problems that this service alone answers with; their texts
/// stand in problems.json.</summary>
public static class Codes
{
    public const string DocumentAlreadySigned = "document.already-signed";
    public const string DocumentSuperseded = "document.superseded";
    public const string DocumentAltered = "document.altered";
    public const string DocumentLetters = "document.letters";
    public const string ReceiptAlreadySigned = "receipt.already-signed";
    public const string SignatureMalformed = "signature.malformed";
    public const string SignatureInvalid = "signature.invalid";
    public const string SignatureAlgorithm = "signature.algorithm";
    public const string SignatureUntrusted = "signature.untrusted";
    public const string SignatureExpired = "signature.expired";
    public const string SignatureRevoked = "signature.revoked";
    public const string SignatureRevocationUnknown = "signature.revocation-unknown";
    public const string SignatureWrongSigner = "signature.wrong-signer";
    public const string SignatureWrongUsage = "signature.wrong-usage";
}
