using System.Formats.Asn1;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Cms;

/// <summary>One signer's part of a CMS.</summary>
public sealed class SignerInfo
{
    private readonly AlgorithmIdentifier _digestAlgorithm;
    private readonly AlgorithmIdentifier _signatureAlgorithm;

    private SignerInfo(AsnReader signer)
    {
        if (!signer.TryReadInt32(out var version) || version is not (1 or 3))
        {
            throw Der.Malformed("the signer's version is not 1 or 3");
        }
        if (!signer.NextIs(Asn1Tag.Sequence))
        {
            throw new RefusalException(
                Refusals.SignerIdentifier,
                "the signer is not named by issuer and serial number"
            );
        }
        var id = signer.ReadSequence();
        // Names are compared byte for byte, so this one must be in the form in which certificates have it.
        Issuer = Der.Read(Der.FromBer(id.ReadEncodedValue()), "the signer's issuer", DistinguishedName.Read);
        SerialNumber = id.ReadIntegerBytes();
        id.ThrowIfNotEmpty();
        _digestAlgorithm = AlgorithmIdentifier.Read(signer);
        if (signer.NextIs(Der.Context(0)))
        {
            Attributes = SignedAttributes.Read(signer.ReadEncodedValue());
        }
        _signatureAlgorithm = AlgorithmIdentifier.Read(signer);
        Signature = signer.ReadOctetString();
        if (signer.NextIs(Der.Context(1)))
        {
            UnsignedAttributes = SignedAttributes.ReadUnsigned(signer.ReadEncodedValue());
        }
        signer.ThrowIfNotEmpty();
    }

    public DistinguishedName Issuer { get; }

    public ReadOnlyMemory<byte> SerialNumber { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    internal SignedAttributes? Attributes { get; }

    internal IReadOnlyList<CmsAttribute> UnsignedAttributes { get; } = [];

    internal static SignerInfo Read(AsnReader signers) => new(signers.ReadSequence());

    /// <summary>The OID of the one digest for the document and for the attributes.</summary>
    /// <exception cref="RefusalException">An algorithm is not accepted, or the two do not go together.</exception>
    public string Digest => Algorithms.CmsSignatureDigest(_digestAlgorithm, _signatureAlgorithm);

    public bool IsOf(Certificate certificate) =>
        certificate.Issuer.IsSameAs(Issuer) && certificate.SerialNumber.Span.SequenceEqual(SerialNumber.Span);

    /// <summary>Whether that certificate's key signed these attributes: arithmetic only, no word on the document or on
    /// trust.</summary>
    /// <exception cref="RefusalException">An algorithm or key is not accepted, or there are no attributes.</exception>
    public bool IsSignedBy(Certificate certificate)
    {
        var attributes =
            Attributes
            ?? throw new RefusalException(Refusals.AttributeMissing, "the signature has no signed attributes");
        var digest = Digest;
        return certificate.Key.Verify(digest, Algorithms.Hash(digest, attributes.Encoded), Signature.Span);
    }

    /// <summary>Whether the attributes name this document's digest.</summary>
    public bool IsAbout(Stream document)
    {
        var attributes =
            Attributes
            ?? throw new RefusalException(Refusals.AttributeMissing, "the signature has no signed attributes");
        return attributes.MessageDigest.AsSpan().SequenceEqual(Algorithms.Hash(Digest, document));
    }
}
