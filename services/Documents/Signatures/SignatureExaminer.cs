using System.Text;
using PedAtt.Eds;
using PedAtt.Eds.Revocation;
using PedAtt.ServiceDefaults;

namespace PedAtt.Documents.Signatures;

/// <param name="Bin">For an official: the organisation in whose name they sign.</param>
public sealed record ExpectedSigner(string Iin, string? Bin);

/// <summary>
/// Whether a CMS is a valid detached signature of this person over exactly these bytes. Eds judges, GOST and RSA alike; here
/// stands what we ask for and what we call a refusal. Where there is no time stamp that holds, the time of receipt counts.
/// </summary>
public sealed class SignatureExaminer(TrustStore trust, TimeProvider clock)
{
    /// <summary>An official's certificate is an organisation's: of its head, of who may sign for it, of one who works there.</summary>
    private static readonly string[] OfficialRoles = [Oids.LegalEntity, Oids.FirstHead, Oids.RightToSign, Oids.Employee];

    /// <exception cref="ProblemException">422 with the code of the first check that fails, in the order of the public contract</exception>
    public void Require(byte[] document, byte[] cms, ExpectedSigner expected)
    {
        var known = trust.Read();
        var verdict = SignatureVerifier.Verify(
            document, cms, known.Anchors, PolicyFor(expected), clock.Now(), new RevocationEvidence([], known.RevocationLists));
        if (RefusalCodes.Of(verdict) is { } code)
            throw new ProblemException(422, code);
    }

    /// <summary>As NCALayer and files give it: DER in base64, with or without the PEM's lines.</summary>
    /// <exception cref="ProblemException">422 signature.malformed</exception>
    public static byte[] DecodeText(string text)
    {
        var body = string.Concat(text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("-----", StringComparison.Ordinal)));
        var bytes = new byte[(body.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(body, bytes, out var written) || written == 0)
            throw new ProblemException(422, RefusalCodes.Malformed);
        return Unwrapped(bytes[..written]);

        // The base64 of a PEM text, as some programs send it.
        static byte[] Unwrapped(byte[] bytes) => bytes.AsSpan().StartsWith("-----BEGIN"u8)
            ? DecodeText(Encoding.ASCII.GetString(bytes))
            : bytes;
    }

    private SignaturePolicy PolicyFor(ExpectedSigner expected) => new()
    {
        Iin = expected.Iin,
        Bin = expected.Bin,
        Roles = expected.Bin is null ? [] : OfficialRoles,
        // The test keys of the National Certification Authority have numbers that are nobody's.
        IinControlDigit = trust.Profile == TrustProfile.Production,
        Timestamp = TimestampRule.IgnoredIfBroken,
        WhenRevocationUnavailable = UnavailableRule.Accepts,
    };
}
