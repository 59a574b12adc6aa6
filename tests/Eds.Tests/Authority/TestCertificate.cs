using System.Formats.Asn1;
using System.Numerics;
using PedAtt.Eds.Certificates;

namespace PedAtt.Eds.Tests.Authority;

/// <summary>What a certificate is to say; each test changes the one thing it is about.</summary>
public sealed record Template
{
    public required TestKey Key { get; init; }

    public IReadOnlyList<(string Oid, string Text)> Subject { get; init; } = [];

    public BigInteger SerialNumber { get; init; } = 1;

    public DateTimeOffset NotBefore { get; init; } = TestAuthority.Founded;

    public DateTimeOffset NotAfter { get; init; } = TestAuthority.Founded.AddYears(10);

    public bool IsAuthority { get; init; }

    public int? PathLength { get; init; }

    public KeyUsages? KeyUsage { get; init; }

    public IReadOnlyList<string> Purposes { get; init; } = [];

    public string? CriticalExtension { get; init; }

    public bool WithKeyIdentifiers { get; init; } = true;
}

/// <summary>A certificate and its private key.</summary>
public sealed class TestCertificate
{
    public TestCertificate(Template template, TestCertificate? issuer)
    {
        Key = template.Key;
        Name = EncodeName(template.Subject);
        SerialNumber = template.SerialNumber;
        IssuerName = issuer?.Name ?? Name;
        Encoded = Sign(issuer?.Key ?? Key, writer => WriteBody(writer, template, issuer));
        Certificate = Certificate.Read(Encoded);
    }

    /// <summary>One that somebody else issued.</summary>
    public TestCertificate(TestKey key, byte[] encoded)
    {
        Key = key;
        Encoded = encoded;
        Certificate = Certificate.Read(encoded);
        Name = Certificate.Subject.Encoded.ToArray();
        IssuerName = Certificate.Issuer.Encoded.ToArray();
        SerialNumber = new BigInteger(Certificate.SerialNumber.Span, isBigEndian: true);
    }

    public TestKey Key { get; }

    public byte[] Name { get; }

    public byte[] IssuerName { get; }

    public BigInteger SerialNumber { get; }

    public byte[] Encoded { get; }

    public Certificate Certificate { get; }

    public byte[] KeyIdentifier =>
        Certificate?.SubjectKeyIdentifier?.ToArray() ?? System.Security.Cryptography.SHA256.HashData(Key.KeyBits)[..20];

    public static byte[] EncodeName(IReadOnlyList<(string Oid, string Text)> name) =>
        Writing.Encode(writer =>
            writer.Sequence(() =>
            {
                foreach (var (oid, text) in name)
                {
                    writer.Set(() =>
                        writer.Sequence(() =>
                        {
                            writer.WriteObjectIdentifier(oid);
                            writer.WriteCharacterString(
                                oid is Oids.SerialNumber or Oids.Country
                                    ? UniversalTagNumber.PrintableString
                                    : UniversalTagNumber.UTF8String,
                                text
                            );
                        })
                    );
                }
            })
        );

    /// <summary>A body, the algorithm and the signature: what certificates, CRLs and OCSP responses have in
    /// common.</summary>
    public static byte[] Sign(TestKey key, Action<AsnWriter> body, Action<AsnWriter>? behind = null)
    {
        var tbs = Writing.Encode(body);
        return Writing.Encode(writer =>
            writer.Sequence(() =>
            {
                writer.WriteEncodedValue(tbs);
                key.WriteSignatureAlgorithm(writer);
                writer.WriteBitString(key.Sign(tbs));
                behind?.Invoke(writer);
            })
        );
    }

    private void WriteBody(AsnWriter writer, Template template, TestCertificate? issuer) =>
        writer.Sequence(() =>
        {
            writer.Tagged(0, () => writer.WriteInteger(2));
            writer.WriteInteger(template.SerialNumber);
            (issuer?.Key ?? Key).WriteSignatureAlgorithm(writer);
            writer.WriteEncodedValue(IssuerName);
            writer.Sequence(() =>
            {
                writer.WriteUtcTime(template.NotBefore);
                writer.WriteUtcTime(template.NotAfter);
            });
            writer.WriteEncodedValue(Name);
            Key.WritePublicKeyInfo(writer);
            writer.Tagged(3, () => writer.Sequence(() => WriteExtensions(writer, template, issuer)));
        });

    private void WriteExtensions(AsnWriter writer, Template template, TestCertificate? issuer)
    {
        if (template.IsAuthority)
        {
            writer.Extension(
                Oids.BasicConstraints,
                true,
                inner =>
                    inner.Sequence(() =>
                    {
                        inner.WriteBoolean(true);
                        if (template.PathLength is { } length)
                        {
                            inner.WriteInteger(length);
                        }
                    })
            );
        }
        if (template.KeyUsage is { } usage)
        {
            writer.Extension(Oids.KeyUsage, true, inner => inner.WriteNamedBitList(usage));
        }
        if (template.Purposes.Count > 0)
        {
            writer.Extension(
                Oids.ExtendedKeyUsage,
                template.Purposes.Contains(Oids.TimeStamping),
                inner =>
                    inner.Sequence(() =>
                    {
                        foreach (var purpose in template.Purposes)
                        {
                            inner.WriteObjectIdentifier(purpose);
                        }
                    })
            );
        }
        if (template.WithKeyIdentifiers)
        {
            writer.Extension(Oids.SubjectKeyIdentifier, false, inner => inner.WriteOctetString(KeyIdentifier));
            writer.Extension(
                Oids.AuthorityKeyIdentifier,
                false,
                inner =>
                    inner.Sequence(() =>
                        inner.WriteOctetString((issuer ?? this).KeyIdentifier, new Asn1Tag(TagClass.ContextSpecific, 0))
                    )
            );
        }
        writer.Extension(
            Oids.CertificatePolicies,
            false,
            inner => inner.Sequence(() => inner.Sequence(() => inner.WriteObjectIdentifier("1.2.398.3.3.2")))
        );
        if (template.CriticalExtension is { } critical)
        {
            writer.Extension(critical, true, inner => inner.WriteNull());
        }
    }
}
