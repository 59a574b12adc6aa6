using System.Formats.Asn1;

namespace PedAtt.Eds.Tests.Authority;

/// <summary>A CMS as NCALayer makes it; each test changes the one thing it is about.</summary>
public sealed record TestSignature
{
    public static readonly byte[] Document = "Өтініш: біліктілік санатын беруді сұраймын."u8.ToArray();

    public required TestCertificate Signer { get; init; }

    public byte[] Content { get; init; } = Document;

    public string ContentType { get; init; } = Oids.Data;

    /// <summary>What the signed attribute says, when it is to say something else.</summary>
    public string? SignedContentType { get; init; }

    public bool Attached { get; init; }

    public byte[]? AttachedContent { get; init; }

    public string? DigestOid { get; init; }

    public bool WithAttributes { get; init; } = true;

    public bool WithMessageDigest { get; init; } = true;

    public bool TwiceMessageDigest { get; init; }

    public string? OtherAttribute { get; init; }

    /// <summary>The certificate that signingCertificateV2 names; the signer's unless another is given.</summary>
    public TestCertificate? NamedCertificate { get; init; }

    public bool NamesCertificate { get; init; } = true;

    public byte[]? NamedHash { get; init; }

    public IReadOnlyList<byte[]>? Certificates { get; init; }

    public int Signers { get; init; } = 1;

    public bool BreakSignature { get; init; }

    public TestKey? SignedBy { get; init; }

    /// <summary>BER: indefinite lengths, attributes out of order and a digest in pieces.</summary>
    public bool InBer { get; init; }

    public DateTimeOffset SigningTime { get; init; } = TestAuthority.Now.AddMinutes(-3);

    public Func<byte[], byte[]>? Timestamp { get; init; }

    public int Timestamps { get; init; } = 1;

    public byte[] Encode()
    {
        var rules = InBer ? AsnEncodingRules.BER : AsnEncodingRules.DER;
        var attributes = Attributes();
        var signedBytes = WithAttributes
            ? Writing.Encode(writer => writer.Set(() => attributes.ForEach(a => writer.WriteEncodedValue(a))))
            : Content;
        var signature = (SignedBy ?? Signer.Key).Sign(signedBytes);
        if (BreakSignature)
        {
            signature[7] ^= 1;
        }
        var signer = Writing.Encode(writer => WriteSigner(writer, attributes, signature));
        var der = Writing.Encode(
            writer =>
                writer.Sequence(() =>
                {
                    writer.WriteObjectIdentifier(Oids.SignedData);
                    writer.Tagged(
                        0,
                        () =>
                            writer.Sequence(() =>
                            {
                                writer.WriteInteger(1);
                                writer.Set(() =>
                                    writer.Sequence(() => writer.Oid(DigestOid ?? Signer.Key.DigestOid).WriteNull())
                                );
                                writer.Sequence(() =>
                                {
                                    writer.WriteObjectIdentifier(ContentType);
                                    if (Attached)
                                    {
                                        writer.Tagged(0, () => writer.WriteOctetString(AttachedContent ?? Content));
                                    }
                                });
                                writer.Tagged(
                                    0,
                                    () =>
                                    {
                                        foreach (var certificate in Certificates ?? [Signer.Encoded])
                                        {
                                            writer.WriteEncodedValue(certificate);
                                        }
                                    }
                                );
                                writer.Set(() =>
                                {
                                    for (var i = 0; i < Signers; i++)
                                    {
                                        writer.WriteEncodedValue(signer);
                                    }
                                });
                            })
                    );
                }),
            rules
        );
        return InBer ? Indefinite(der) : der;
    }

    /// <summary>A token over a signature, by the authority's time-stamp key.</summary>
    public static byte[] Stamp(
        TestAuthority authority,
        byte[] signature,
        DateTimeOffset time,
        TestCertificate? by = null,
        Func<TestSignature, TestSignature>? change = null,
        string? criticalExtension = null
    )
    {
        by ??= authority.Stamping;
        var info = Writing.Encode(writer =>
            writer.Sequence(() =>
            {
                writer.WriteInteger(1);
                writer.WriteObjectIdentifier("1.2.398.3.3.2.6.4");
                writer.Sequence(() =>
                {
                    writer.Sequence(() => writer.Oid(by.Key.DigestOid).WriteNull());
                    writer.WriteOctetString(by.Key.Hash(signature));
                });
                writer.WriteInteger(1001);
                writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
                writer.WriteInteger(42);
                if (criticalExtension is not null)
                {
                    writer.Tagged(1, () => writer.Extension(criticalExtension, true, inner => inner.WriteNull()));
                }
            })
        );
        var token = new TestSignature
        {
            Signer = by,
            Content = info,
            ContentType = Oids.TimestampInfo,
            Attached = true,
        };
        return (change is null ? token : change(token)).Encode();
    }

    private List<byte[]> Attributes()
    {
        var attributes = new List<byte[]>
        {
            Attribute(
                Oids.ContentTypeAttribute,
                writer => writer.WriteObjectIdentifier(SignedContentType ?? ContentType)
            ),
            Attribute(Oids.SigningTimeAttribute, writer => writer.WriteUtcTime(SigningTime)),
        };
        if (WithMessageDigest)
        {
            attributes.Add(
                Attribute(Oids.MessageDigestAttribute, writer => writer.WriteOctetString(Signer.Key.Hash(Content)))
            );
        }
        if (TwiceMessageDigest)
        {
            attributes.Add(
                Attribute(Oids.MessageDigestAttribute, writer => writer.WriteOctetString(Signer.Key.Hash([1])))
            );
        }
        if (NamesCertificate)
        {
            attributes.Add(Attribute(Oids.SigningCertificateV2Attribute, WriteSigningCertificate));
        }
        if (OtherAttribute is not null)
        {
            attributes.Add(Attribute(OtherAttribute, writer => writer.WriteNull()));
        }
        return attributes;
    }

    private void WriteSigningCertificate(AsnWriter writer)
    {
        var named = NamedCertificate ?? Signer;
        writer.Sequence(() =>
            writer.Sequence(() =>
                writer.Sequence(() =>
                {
                    // SHA-256 is the default and DER leaves it out.
                    if (named.Key.DigestOid != Oids.Sha256)
                    {
                        writer.Sequence(() => writer.WriteObjectIdentifier(named.Key.DigestOid));
                    }
                    writer.WriteOctetString(NamedHash ?? named.Key.Hash(named.Encoded));
                    writer.Sequence(() =>
                    {
                        writer.Sequence(() => writer.Tagged(4, () => writer.WriteEncodedValue(named.IssuerName)));
                        writer.WriteInteger(named.SerialNumber);
                    });
                })
            )
        );
    }

    private void WriteSigner(AsnWriter writer, List<byte[]> attributes, byte[] signature) =>
        writer.Sequence(() =>
        {
            writer.WriteInteger(1);
            writer.Sequence(() =>
            {
                writer.WriteEncodedValue(Signer.IssuerName);
                writer.WriteInteger(Signer.SerialNumber);
            });
            writer.Sequence(() => writer.Oid(DigestOid ?? Signer.Key.DigestOid).WriteNull());
            if (WithAttributes)
            {
                writer.Set(
                    () => attributes.ForEach(a => writer.WriteEncodedValue(a)),
                    new Asn1Tag(TagClass.ContextSpecific, 0)
                );
            }
            Signer.Key.WriteSignatureAlgorithm(writer);
            writer.WriteOctetString(signature);
            if (Timestamp is not null)
            {
                writer.Set(
                    () =>
                        writer.WriteEncodedValue(
                            Attribute(
                                Oids.TimestampAttribute,
                                Enumerable
                                    .Repeat<Action<AsnWriter>>(
                                        inner => inner.WriteEncodedValue(Timestamp(signature)),
                                        Timestamps
                                    )
                                    .ToArray()
                            )
                        ),
                    new Asn1Tag(TagClass.ContextSpecific, 1)
                );
            }
        });

    private static byte[] Attribute(string oid, params Action<AsnWriter>[] values) =>
        Writing.Encode(writer =>
            writer.Sequence(() =>
            {
                writer.WriteObjectIdentifier(oid);
                writer.Set(() =>
                {
                    foreach (var value in values)
                    {
                        value(writer);
                    }
                });
            })
        );

    /// <summary>The same values with indefinite lengths where the outer form allows them: not in certificates, which
    /// stay DER.</summary>
    private byte[] Indefinite(ReadOnlyMemory<byte> value)
    {
        foreach (var certificate in Certificates ?? [Signer.Encoded])
        {
            if (value.Span.SequenceEqual(certificate))
            {
                return value.ToArray();
            }
        }
        var tag = Asn1Tag.Decode(value.Span, out var tagLength);
        if (!tag.IsConstructed)
        {
            return value.ToArray();
        }
        var children = new List<byte[]>();
        AsnDecoder.ReadEncodedValue(value.Span, AsnEncodingRules.BER, out var offset, out var length, out _);
        var reader = new AsnReader(value.Slice(offset, length), AsnEncodingRules.BER);
        while (reader.HasData)
        {
            children.Add(Indefinite(reader.ReadEncodedValue()));
        }
        // The signed attributes, turned round: DER puts them in order again.
        if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue == 0 && children.Count > 2)
        {
            children.Reverse();
        }
        return [.. value.Span[..tagLength], 0x80, .. children.SelectMany(child => child), 0, 0];
    }
}
