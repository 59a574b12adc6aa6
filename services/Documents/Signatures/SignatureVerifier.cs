using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using PedAtt.ServiceDefaults;

namespace PedAtt.Documents.Signatures;

/// <param name="Bin">For an official: the organisation in whose name they sign.</param>
public sealed record ExpectedSigner(string Iin, string? Bin);

/// <summary>
/// Whether a CMS (RFC 5652) is a valid detached signature of this person over exactly these bytes. The only file that knows
/// cryptographic messages: GOST 34.10-2015 joins RSA here. Whatever is unknown, odd or incomplete is a refusal.
/// </summary>
public sealed class SignatureVerifier(TrustStore trust, TimeProvider clock)
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaWithSha256 = "1.2.840.113549.1.1.11";
    private const string RsaWithSha384 = "1.2.840.113549.1.1.12";
    private const string RsaWithSha512 = "1.2.840.113549.1.1.13";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    private const string MessageDigestAttribute = "1.2.840.113549.1.9.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    private const int LeastRsaBits = 2048;

    /// <exception cref="ProblemException">422 with the code of the first check that fails, in the order of the public contract</exception>
    public void Require(byte[] document, byte[] cms, ExpectedSigner expected)
    {
        try
        {
            var signer = Decode(document, cms).SignerInfos[0];
            var certificate = signer.Certificate ?? throw Refused("malformed");
            RequireAlgorithms(signer, certificate);
            RequireSignature(signer, certificate);
            RequireChain(certificate);
            RequirePerson(certificate, expected);
            RequireUsage(certificate);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            // Certificates and keys are read only when they are looked at, and may turn out to be none.
            throw Refused("malformed");
        }
    }

    /// <summary>As NCALayer and files give it: DER in base64, with or without the PEM's lines.</summary>
    /// <exception cref="ProblemException">422 signature.malformed</exception>
    public static byte[] DecodeText(string text)
    {
        var body = string.Concat(text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith("-----", StringComparison.Ordinal)));
        var bytes = new byte[(body.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(body, bytes, out var written) || written == 0)
            throw Refused("malformed");
        return Unwrapped(bytes[..written]);

        // The base64 of a PEM text, as some programs send it.
        static byte[] Unwrapped(byte[] bytes) => bytes.AsSpan().StartsWith("-----BEGIN"u8)
            ? DecodeText(System.Text.Encoding.ASCII.GetString(bytes))
            : bytes;
    }

    private static SignedCms Decode(byte[] document, byte[] cms)
    {
        var signed = new SignedCms(new ContentInfo(document), detached: true);
        var reader = new AsnReader(cms, AsnEncodingRules.BER);
        reader.ReadEncodedValue();
        reader.ThrowIfNotEmpty();
        if (!IsOverPlainData(cms))
            throw Refused("malformed");
        signed.Decode(cms);
        return signed.SignerInfos.Count == 1 ? signed : throw Refused("malformed");
    }

    /// <summary>Detached, and over bytes as such: an attached signature brings bytes of its own, which nobody has looked at.</summary>
    private static bool IsOverPlainData(byte[] cms)
    {
        var info = new AsnReader(cms, AsnEncodingRules.BER).ReadSequence();
        info.ReadObjectIdentifier();
        var data = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue();
        var content = data.ReadSequence();
        return content.ReadObjectIdentifier() == Data && !content.HasData;
    }

    private static void RequireAlgorithms(SignerInfo signer, X509Certificate2 certificate)
    {
        using var key = certificate.PublicKey.Oid.Value == Rsa ? certificate.GetRSAPublicKey() : null;
        if (signer.DigestAlgorithm.Value != Sha256
            || signer.SignatureAlgorithm.Value is not (Rsa or RsaWithSha256)
            || certificate.SignatureAlgorithm.Value is not (RsaWithSha256 or RsaWithSha384 or RsaWithSha512)
            || key is null || key.KeySize < LeastRsaBits)
            throw Refused("algorithm");
    }

    private static void RequireSignature(SignerInfo signer, X509Certificate2 certificate)
    {
        var attributes = signer.SignedAttributes.Cast<CryptographicAttributeObject>().ToArray();
        if (attributes.Count(one => one.Oid.Value == MessageDigestAttribute) != 1
            || attributes.Count(one => one.Oid.Value == ContentTypeAttribute) != 1)
            throw Refused("malformed");
        try
        {
            signer.CheckSignature(verifySignatureOnly: true);
            foreach (var attribute in attributes.Where(one => one.Oid.Value == SigningCertificateV2))
            {
                if (attribute.Values.Count != 1 || !Names(attribute.Values[0].RawData, certificate))
                    throw Refused("invalid");
            }
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            throw Refused("invalid");
        }
    }

    /// <summary>ESSCertIDv2 (RFC 5035): the hash of the very certificate that is claimed to have signed.</summary>
    private static bool Names(byte[] attribute, X509Certificate2 certificate)
    {
        var id = new AsnReader(attribute, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence();
        var algorithm = Sha256;
        if (id.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            algorithm = id.ReadSequence().ReadObjectIdentifier();
        var hash = id.ReadOctetString();
        return algorithm == Sha256 && SHA256.HashData(certificate.RawData).AsSpan().SequenceEqual(hash);
    }

    private void RequireChain(X509Certificate2 certificate)
    {
        var anchors = trust.Read();
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(anchors.Roots.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(anchors.Intermediates.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = clock.Now().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        if (!chain.Build(certificate))
            throw Refused(chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.NotTimeValid) ? "expired" : "untrusted");
        if (chain.ChainElements.Any(element => anchors.RevocationLists.Any(list => list.Revokes(element.Certificate))))
            throw Refused("revoked");
    }

    private static void RequirePerson(X509Certificate2 certificate, ExpectedSigner expected)
    {
        if (!Holds("2.5.4.5", $"IIN{expected.Iin}") || (expected.Bin is not null && !Holds("2.5.4.11", $"BIN{expected.Bin}")))
            throw Refused("wrong-signer");

        bool Holds(string oid, string value) => certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)
            .Select(part => part.GetSingleElementValue()).ToArray() is [var only] && only == value;
    }

    private static void RequireUsage(X509Certificate2 certificate)
    {
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        var extended = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (usage?.KeyUsages.HasFlag(X509KeyUsageFlags.NonRepudiation) != true
            || extended?.EnhancedKeyUsages.Cast<Oid>().Any(one => one.Value == EmailProtection) != true)
            throw Refused("wrong-usage");
    }

    private static ProblemException Refused(string reason) => new(422, $"signature.{reason}");
}
