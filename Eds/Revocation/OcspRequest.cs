using System.Formats.Asn1;
using System.Security.Cryptography;
using PedAtt.Eds.Certificates;

namespace PedAtt.Eds.Revocation;

/// <summary>The question of RFC 6960 about one certificate, unsigned, named by SHA-256 as the national authority's
/// responder does.</summary>
public static class OcspRequest
{
    public const string ContentType = "application/ocsp-request";

    /// <param name="nonce">1 to 32 bytes of chance that the answer should repeat (RFC 8954).</param>
    public static byte[] Encode(Certificate certificate, Certificate issuer, ReadOnlySpan<byte> nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.Sha256);
                    writer.WriteNull();
                }
                writer.WriteOctetString(SHA256.HashData(issuer.Subject.Encoded.Span));
                writer.WriteOctetString(SHA256.HashData(issuer.KeyBytes.Span));
                writer.WriteInteger(certificate.SerialNumber.Span);
            }
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.OcspNonce);
                using (writer.PushOctetString())
                {
                    writer.WriteOctetString(nonce);
                }
            }
        }
        return writer.Encode();
    }
}
