using System.Formats.Asn1;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Cms;

/// <summary>
/// CMS SignedData (RFC 5652). Its outer form may be BER, as some signers write it; certificates in it are DER and what
/// was signed is brought to DER. Reading judges nothing: <see cref="SignatureVerifier"/> does.
/// </summary>
public sealed class SignedData
{
    private const int MostCertificates = 16;
    private const int MostSigners = 16;

    private readonly List<Certificate> _certificates = [];
    private readonly List<SignerInfo> _signers = [];

    private SignedData(AsnReader reader)
    {
        var contentInfo = reader.ReadSequence();
        var type = contentInfo.ReadObjectIdentifier();
        if (type != Oids.SignedData)
        {
            throw new RefusalException(Refusals.ContentType, $"the CMS is of the type {type}, not signed data");
        }
        var outer = contentInfo.ReadSequence(Der.Context(0));
        contentInfo.ThrowIfNotEmpty();
        var signedData = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (!signedData.TryReadInt32(out var version) || version is not (1 or 3 or 4 or 5))
        {
            throw Der.Malformed("the CMS has no known version");
        }
        // Which digests were prepared says nothing: each signer names its own.
        var digests = signedData.ReadSetOf(skipSortOrderValidation: true);
        while (digests.HasData)
        {
            AlgorithmIdentifier.Read(digests);
        }
        var content = signedData.ReadSequence();
        ContentType = content.ReadObjectIdentifier();
        if (content.HasData)
        {
            var explicitContent = content.ReadSequence(Der.Context(0));
            Content = explicitContent.ReadOctetString();
            explicitContent.ThrowIfNotEmpty();
        }
        content.ThrowIfNotEmpty();
        if (signedData.NextIs(Der.Context(0)))
        {
            var certificates = signedData.ReadSetOf(skipSortOrderValidation: true, Der.Context(0));
            while (certificates.HasData)
            {
                _certificates.Add(Certificate.Parse(certificates.ReadEncodedValue()));
                Limit(_certificates.Count, MostCertificates, "certificates");
            }
        }
        if (signedData.NextIs(Der.Context(1)))
        {
            // Revocation comes from configured addresses, not from the signer.
            signedData.ReadEncodedValue();
        }
        var signers = signedData.ReadSetOf(skipSortOrderValidation: true);
        while (signers.HasData)
        {
            _signers.Add(SignerInfo.Read(signers));
            Limit(_signers.Count, MostSigners, "signers");
        }
        signedData.ThrowIfNotEmpty();
    }

    public string ContentType { get; }

    /// <summary>The document, when the CMS carries it (an "attached" signature).</summary>
    public byte[]? Content { get; }

    public IReadOnlyList<Certificate> Certificates => _certificates;

    public IReadOnlyList<SignerInfo> Signers => _signers;

    /// <summary>DER, BER, PEM or bare base64.</summary>
    /// <exception cref="RefusalException">It is none of these, or not signed data.</exception>
    public static SignedData Read(ReadOnlyMemory<byte> file) =>
        Der.Read(Armour.Remove(file), "the CMS", reader => new SignedData(reader), AsnEncodingRules.BER);

    /// <summary>
    /// The same signatures without the document that the CMS may carry: what is signed stays as it is, and whoever has
    /// the document verifies it as before. Streaming signers and NCALayer put the document inside unless they are told
    /// not to.
    /// </summary>
    /// <exception cref="RefusalException">It is no signed data.</exception>
    public static byte[] Detach(ReadOnlyMemory<byte> file)
    {
        var bare = Armour.Remove(file);
        if (Read(bare).Content is null)
        {
            return bare.ToArray();
        }
        return Der.Read(
            bare,
            "the CMS",
            reader =>
            {
                // The outer lengths become definite; certificates and signers are copied as they came.
                var writer = new AsnWriter(AsnEncodingRules.BER);
                var contentInfo = reader.ReadSequence();
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(contentInfo.ReadEncodedValue().Span);
                    var signedData = contentInfo.ReadSequence(Der.Context(0)).ReadSequence();
                    using (writer.PushSequence(Der.Context(0)))
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
                        writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
                        using (writer.PushSequence())
                        {
                            writer.WriteEncodedValue(signedData.ReadSequence().ReadEncodedValue().Span);
                        }
                        while (signedData.HasData)
                        {
                            writer.WriteEncodedValue(signedData.ReadEncodedValue().Span);
                        }
                    }
                }
                return writer.Encode();
            },
            AsnEncodingRules.BER
        );
    }

    /// <summary>The certificate that a signer names by issuer and serial number.</summary>
    /// <exception cref="RefusalException">It is not there, or two are.</exception>
    public Certificate CertificateOf(SignerInfo signer)
    {
        var found = _certificates.FindAll(signer.IsOf);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new RefusalException(
                Refusals.SignerCertificateMissing,
                "the signer's certificate is not in the CMS"
            ),
            _ when found.TrueForAll(found[0].IsSameAs) => found[0],
            _ => throw new RefusalException(
                Refusals.SignerCertificateMissing,
                "several certificates answer to the signer's name"
            ),
        };
    }

    private static void Limit(int count, int most, string what)
    {
        if (count > most)
        {
            throw new RefusalException(Refusals.TooLarge, $"the CMS has more than {most} {what}");
        }
    }
}
