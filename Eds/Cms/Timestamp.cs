using System.Formats.Asn1;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Cms;

/// <summary>A time-stamp token (RFC 3161): a CMS in which an authority says that some bytes were there at that
/// time.</summary>
public sealed class Timestamp
{
    private readonly AlgorithmIdentifier _imprintAlgorithm;
    private readonly ReadOnlyMemory<byte> _imprint;

    private Timestamp(SignedData cms, AsnReader reader)
    {
        Cms = cms;
        var info = reader.ReadSequence();
        if (info.ReadInteger() != 1)
        {
            throw Der.Malformed("the time stamp is not of version 1");
        }
        Policy = info.ReadObjectIdentifier();
        var imprint = info.ReadSequence();
        _imprintAlgorithm = AlgorithmIdentifier.Read(imprint);
        _imprint = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        SerialNumber = info.ReadIntegerBytes();
        Time = info.ReadGeneralizedTime();
        // accuracy, ordering, nonce and the authority's name change nothing here, but must be what they are called.
        if (info.NextIs(Asn1Tag.Sequence))
        {
            info.ReadSequence();
        }
        if (info.NextIs(Asn1Tag.Boolean))
        {
            info.ReadBoolean();
        }
        if (info.NextIs(Asn1Tag.Integer))
        {
            info.ReadIntegerBytes();
        }
        if (info.NextIs(Der.Context(0)))
        {
            info.ReadEncodedValue();
        }
        if (info.NextIs(Der.Context(1)))
        {
            foreach (var (oid, critical, _) in Extension.ReadAll(info.ReadSequence(Der.Context(1))))
            {
                if (critical)
                {
                    throw Der.Malformed($"the time stamp has the critical extension {oid}");
                }
            }
        }
        info.ThrowIfNotEmpty();
    }

    public SignedData Cms { get; }

    public string Policy { get; }

    public ReadOnlyMemory<byte> SerialNumber { get; }

    public DateTimeOffset Time { get; }

    /// <exception cref="RefusalException">No time-stamp token.</exception>
    public static Timestamp Read(ReadOnlyMemory<byte> token)
    {
        var cms = SignedData.Read(token);
        if (cms.ContentType != Oids.TimestampInfo || cms.Content is null)
        {
            throw new RefusalException(Refusals.ContentType, "the token does not hold a time stamp");
        }
        return Der.Read(cms.Content, "the time stamp", reader => new Timestamp(cms, reader));
    }

    /// <summary>The token of a server's response (TimeStampResp), if the server granted one.</summary>
    public static Timestamp ReadResponse(ReadOnlyMemory<byte> response) =>
        Read(
            Der.Read(
                response,
                "the response",
                reader =>
                {
                    var sequence = reader.ReadSequence();
                    var status = sequence.ReadSequence();
                    if (!status.TryReadInt32(out var code) || code is not (0 or 1))
                    {
                        throw new RefusalException(Refusals.TimestampMissing, "the server granted no time stamp");
                    }
                    var token = sequence.ReadEncodedValue();
                    sequence.ThrowIfNotEmpty();
                    return token;
                },
                AsnEncodingRules.BER
            )
        );

    /// <summary>Whether these are the bytes that were there.</summary>
    /// <exception cref="RefusalException">The imprint is of an algorithm that is not accepted.</exception>
    public bool IsOver(ReadOnlySpan<byte> bytes) =>
        _imprint.Span.SequenceEqual(Algorithms.Hash(Algorithms.Digest(_imprintAlgorithm), bytes));

    /// <summary>
    /// Everything but the authority's revocation: one signer, the attributes, the signature, the authority's
    /// certificate with the one critical purpose, and its chain at the time stamped.
    /// </summary>
    /// <exception cref="RefusalException">Something does not hold.</exception>
    internal Chain Verify(ReadOnlySpan<byte> stamped, TrustAnchors trust, DateTimeOffset now)
    {
        if (Cms.Signers.Count != 1)
        {
            throw new RefusalException(Refusals.SignerCount, "the time stamp has not one signer");
        }
        if (!IsOver(stamped))
        {
            throw new RefusalException(Refusals.TimestampOther, "the time stamp is that of another signature");
        }
        if (Time > now)
        {
            throw new RefusalException(Refusals.TimestampFuture, $"the time stamp is of the future, {Time:u}");
        }
        var signer = Cms.Signers[0];
        var attributes =
            signer.Attributes
            ?? throw new RefusalException(Refusals.AttributeMissing, "the time stamp has no signed attributes");
        attributes.RequireKnown();
        if (attributes.ContentType != Oids.TimestampInfo)
        {
            throw new RefusalException(Refusals.ContentType, "the time stamp's authority signed something else");
        }
        if (!signer.IsAbout(new MemoryStream(Cms.Content!)))
        {
            throw new RefusalException(Refusals.DocumentChanged, "the time stamp was changed");
        }
        var certificate = Cms.CertificateOf(signer);
        if (!attributes.NamesCertificate)
        {
            throw new RefusalException(
                Refusals.AttributeMissing,
                "the time stamp's authority does not name its certificate"
            );
        }
        attributes.RequireSigningCertificate(certificate);
        if (!signer.IsSignedBy(certificate))
        {
            throw new RefusalException(Refusals.SignatureWrong, "the time stamp's signature is not its authority's");
        }
        // RFC 3161, section 2.3: this purpose and no other.
        if (
            certificate.Purposes is not [Oids.TimeStamping]
            || certificate.UnknownCritical.Count > 0
            || certificate.KeyUsage is { } usage
                && (usage & (KeyUsages.DigitalSignature | KeyUsages.NonRepudiation)) == 0
        )
        {
            throw new RefusalException(Refusals.TimestampAuthority, $"{certificate.Subject} may not stamp time");
        }
        if (Chain.WhyNotValid(certificate, Time) is { } notValid)
        {
            throw notValid;
        }
        var chain = Chain.Build(certificate, Cms.Certificates, trust, Time);
        return (chain.WhyNotAuthorities() ?? chain.WhyAuthoritiesNotValid(Time)) is { } wrong ? throw wrong : chain;
    }
}
