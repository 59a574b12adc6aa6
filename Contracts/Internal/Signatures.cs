namespace PedAtt.Contracts.Internal;

/// <param name="Cms">As the signer's program gave it: base64, with or without the lines of PEM.</param>
public sealed record SignInSignatureQuery(byte[] Content, string Cms);

/// <param name="Iin">Who signed; null where <paramref name="Code"/> says why the signature does not count.</param>
/// <param name="Code">A code <c>signature.*</c> of the public contract.</param>
public sealed record SignInSignature(string? Iin, string? Code);
