using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PedAtt.Eds;

namespace PedAtt.Demonstration;

/// <summary>A GOST certificate in the national authority's profile, which .NET can neither make nor read.</summary>
public static class GostCertificate
{
    /// <param name="usages">Extended key usages; none for an authority.</param>
    /// <returns>DER.</returns>
    public static byte[] Issue(
        X500DistinguishedName subject,
        GostKey key,
        X500DistinguishedName issuer,
        GostKey issuerKey,
        IReadOnlyList<string> usages,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        var body = new AsnWriter(AsnEncodingRules.DER);
        using (body.PushSequence())
        {
            using (body.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                body.WriteInteger(2);
            body.WriteInteger(Serial());
            WriteSignatureAlgorithm(body);
            body.WriteEncodedValue(issuer.RawData);
            using (body.PushSequence())
            {
                body.WriteUtcTime(from);
                body.WriteUtcTime(until);
            }
            body.WriteEncodedValue(subject.RawData);
            using (body.PushSequence())
            {
                using (body.PushSequence())
                {
                    body.WriteObjectIdentifier(Oids.Gost512Key);
                    using (body.PushSequence())
                    {
                        body.WriteObjectIdentifier(Oids.Gost512Parameters);
                        body.WriteObjectIdentifier(Oids.Streebog512);
                    }
                }
                body.WriteBitString(KeyBits(key));
            }
            using (body.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            using (body.PushSequence())
            {
                foreach (var extension in Extensions(key, issuerKey, usages))
                    Write(body, extension);
            }
        }
        var signed = body.Encode();
        var certificate = new AsnWriter(AsnEncodingRules.DER);
        using (certificate.PushSequence())
        {
            certificate.WriteEncodedValue(signed);
            WriteSignatureAlgorithm(certificate);
            certificate.WriteBitString(issuerKey.Sign(signed));
        }
        return certificate.Encode();
    }

    private static IEnumerable<X509Extension> Extensions(GostKey key, GostKey issuerKey, IReadOnlyList<string> usages)
    {
        var isAuthority = usages.Count == 0;
        yield return new X509BasicConstraintsExtension(isAuthority, isAuthority, 0, critical: true);
        yield return new X509KeyUsageExtension(
            isAuthority
                ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign
                : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation,
            critical: true
        );
        if (!isAuthority)
        {
            var purposes = new OidCollection();
            foreach (var usage in usages)
                purposes.Add(new Oid(usage));
            yield return new X509EnhancedKeyUsageExtension(purposes, critical: false);
        }
        yield return new X509SubjectKeyIdentifierExtension(IdentifierOf(key), critical: false);
        yield return X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(IdentifierOf(issuerKey));
    }

    private static void Write(AsnWriter writer, X509Extension extension)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(extension.Oid!.Value!);
            if (extension.Critical)
                writer.WriteBoolean(true);
            writer.WriteOctetString(extension.RawData);
        }
    }

    private static void WriteSignatureAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.Gost512Signature);
            writer.WriteNull();
        }
    }

    private static byte[] KeyBits(GostKey key)
    {
        var octets = new AsnWriter(AsnEncodingRules.DER);
        octets.WriteOctetString(key.Public);
        return octets.Encode();
    }

    private static byte[] IdentifierOf(GostKey key) => SHA256.HashData(KeyBits(key))[..20];

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
