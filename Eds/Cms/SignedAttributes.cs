using System.Formats.Asn1;
using System.Security.Cryptography;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Cms;

/// <summary>What a signer signs together with the digest of the document (RFC 5652, section 11).</summary>
internal sealed class SignedAttributes
{
    private static readonly string[] Known =
    [
        Oids.ContentTypeAttribute,
        Oids.MessageDigestAttribute,
        Oids.SigningTimeAttribute,
        Oids.SigningCertificateAttribute,
        Oids.SigningCertificateV2Attribute,
        // OpenSSL and mail programs say what their user can decrypt: of no meaning to a signature.
        Oids.SmimeCapabilitiesAttribute,
    ];

    private readonly IReadOnlyList<CmsAttribute> _attributes;

    private SignedAttributes(byte[] encoded, IReadOnlyList<CmsAttribute> attributes)
    {
        Encoded = encoded;
        _attributes = attributes;
    }

    /// <summary>The DER SET OF that is hashed and signed.</summary>
    public byte[] Encoded { get; }

    public string ContentType =>
        Der.Read(
            Value(Oids.ContentTypeAttribute) ?? throw Missing("contentType"),
            "contentType",
            reader => reader.ReadObjectIdentifier()
        );

    public byte[] MessageDigest =>
        Der.Read(
            Value(Oids.MessageDigestAttribute) ?? throw Missing("messageDigest"),
            "messageDigest",
            reader => reader.ReadOctetString()
        );

    /// <summary>What the signer's clock said, for what it is worth.</summary>
    public DateTimeOffset? SigningTime =>
        Value(Oids.SigningTimeAttribute) is { } time ? Der.Read(time, "signingTime", Der.ReadTime) : null;

    public bool NamesCertificate =>
        Value(Oids.SigningCertificateV2Attribute) is not null || Value(Oids.SigningCertificateAttribute) is not null;

    /// <param name="set">The attributes as they were sent, under the tag [0].</param>
    public static SignedAttributes Read(ReadOnlyMemory<byte> set)
    {
        var encoded = Der.FromBer(set);
        encoded[0] = 0x31;
        encoded = Der.FromBer(encoded);
        return new SignedAttributes(encoded, ReadAll(encoded, Asn1Tag.SetOf, AsnEncodingRules.DER));
    }

    /// <summary>Attributes that nobody signed, as they were sent.</summary>
    public static List<CmsAttribute> ReadUnsigned(ReadOnlyMemory<byte> set) =>
        ReadAll(set, Der.Context(1), AsnEncodingRules.BER);

    private static List<CmsAttribute> ReadAll(ReadOnlyMemory<byte> set, Asn1Tag tag, AsnEncodingRules rules) =>
        Der.Read(
            set,
            "the attributes",
            reader =>
            {
                var attributes = new List<CmsAttribute>();
                var all = reader.ReadSetOf(expectedTag: tag);
                while (all.HasData)
                {
                    var attribute = all.ReadSequence();
                    var oid = attribute.ReadObjectIdentifier();
                    var values = new List<ReadOnlyMemory<byte>>();
                    var valueSet = attribute.ReadSetOf();
                    while (valueSet.HasData)
                    {
                        values.Add(valueSet.ReadEncodedValue());
                    }
                    attribute.ThrowIfNotEmpty();
                    attributes.Add(new CmsAttribute(oid, values));
                }
                return attributes;
            },
            rules
        );

    /// <exception cref="RefusalException">One comes twice, has not one value, or is not understood.</exception>
    public void RequireKnown()
    {
        foreach (var attribute in _attributes)
        {
            if (_attributes.Count(other => other.Oid == attribute.Oid) > 1 || attribute.Values.Count != 1)
            {
                throw new RefusalException(
                    Refusals.AttributeRepeated,
                    $"the signed attribute {attribute.Oid} has not one value"
                );
            }
            if (!Known.Contains(attribute.Oid))
            {
                throw new RefusalException(
                    Refusals.AttributeUnknown,
                    $"the signed attribute {attribute.Oid} is not understood"
                );
            }
        }
        _ = SigningTime;
    }

    /// <summary>signingCertificate of RFC 2634 and signingCertificateV2 of RFC 5035: the first one named is the
    /// signer's.</summary>
    /// <exception cref="RefusalException">It is another certificate.</exception>
    public void RequireSigningCertificate(Certificate signer)
    {
        if (Value(Oids.SigningCertificateV2Attribute) is { } second)
        {
            Der.Read(second, "signingCertificateV2", reader => RequireNamed(reader, signer, hasAlgorithm: true));
        }
        if (Value(Oids.SigningCertificateAttribute) is { } first)
        {
            Der.Read(first, "signingCertificate", reader => RequireNamed(reader, signer, hasAlgorithm: false));
        }
    }

    private static bool RequireNamed(AsnReader reader, Certificate signer, bool hasAlgorithm)
    {
        var attribute = reader.ReadSequence();
        var identifiers = attribute.ReadSequence();
        var id = identifiers.ReadSequence();
        var hashOid =
            !hasAlgorithm ? Oids.Sha1
            : id.NextIs(Asn1Tag.Sequence) ? Algorithms.Digest(AlgorithmIdentifier.Read(id))
            : Oids.Sha256;
        var hash = id.ReadOctetString();
        if (!CryptographicOperations.FixedTimeEquals(hash, Algorithms.IdentifyingHash(hashOid, signer.Encoded.Span)))
        {
            throw Other("hash");
        }
        if (id.HasData)
        {
            var issuerSerial = id.ReadSequence();
            var names = issuerSerial.ReadSequence();
            var name = names.ReadSequence(Der.Context(4));
            var issuer = DistinguishedName.Read(name);
            name.ThrowIfNotEmpty();
            names.ThrowIfNotEmpty();
            var serial = issuerSerial.ReadIntegerBytes();
            issuerSerial.ThrowIfNotEmpty();
            if (!issuer.IsSameAs(signer.Issuer) || !serial.Span.SequenceEqual(signer.SerialNumber.Span))
            {
                throw Other("issuer and number");
            }
        }
        id.ThrowIfNotEmpty();
        // Further certificates and policies only narrow what the signer meant; none that is accepted here has any.
        while (identifiers.HasData)
        {
            identifiers.ReadEncodedValue();
        }
        while (attribute.HasData)
        {
            attribute.ReadEncodedValue();
        }
        return true;

        static RefusalException Other(string what) =>
            new(
                Refusals.SigningCertificate,
                $"the signer signed with another certificate in mind: its {what} is not that of this one"
            );
    }

    private static RefusalException Missing(string what) =>
        new(Refusals.AttributeMissing, $"the signed attributes have no {what}");

    private ReadOnlyMemory<byte>? Value(string oid)
    {
        // Not "? … : null": null would become an empty memory there.
        foreach (var attribute in _attributes)
        {
            if (attribute.Oid == oid && attribute.Values.Count > 0)
            {
                return attribute.Values[0];
            }
        }
        return null;
    }
}
