using System.Formats.Asn1;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Revocation;

/// <summary>A complete CRL of one authority, strictly DER. Its entries are looked through where they lie, not
/// copied.</summary>
public sealed class CertificateRevocationList
{
    private readonly AlgorithmIdentifier _signatureAlgorithm;
    private readonly ReadOnlyMemory<byte> _tbs;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly ReadOnlyMemory<byte> _entries;

    private CertificateRevocationList(ReadOnlyMemory<byte> encoded, AsnReader reader)
    {
        Encoded = encoded;
        var list = reader.ReadSequence();
        _tbs = list.PeekEncodedValue();
        var tbs = list.ReadSequence();
        _signatureAlgorithm = AlgorithmIdentifier.Read(list);
        _signature = Certificate.ReadWholeBytes(list);
        list.ThrowIfNotEmpty();

        if (tbs.ReadInteger() != 1)
        {
            throw Der.Malformed("the CRL is not of version 2");
        }
        if (!AlgorithmIdentifier.Read(tbs).Equals(_signatureAlgorithm))
        {
            throw Der.Malformed("the CRL names two signature algorithms");
        }
        Issuer = DistinguishedName.Read(tbs);
        ThisUpdate = tbs.ReadTime();
        if (tbs.NextIs(Asn1Tag.UtcTime) || tbs.NextIs(Asn1Tag.GeneralizedTime))
        {
            NextUpdate = tbs.ReadTime();
        }
        if (tbs.NextIs(Asn1Tag.Sequence))
        {
            _entries = tbs.ReadEncodedValue();
        }
        if (tbs.HasData)
        {
            var explicitExtensions = tbs.ReadSequence(Der.Context(0));
            foreach (var (oid, critical, _) in Extension.ReadAll(explicitExtensions.ReadSequence()))
            {
                IsDelta |= oid == Oids.DeltaCrlIndicator;
                // A CRL of some certificates or some reasons only says so in a critical extension: such a one proves
                // nothing here.
                HasUnknownCritical |= critical && oid != Oids.DeltaCrlIndicator;
            }
            explicitExtensions.ThrowIfNotEmpty();
        }
        tbs.ThrowIfNotEmpty();
    }

    public ReadOnlyMemory<byte> Encoded { get; }

    public DistinguishedName Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    public DateTimeOffset? NextUpdate { get; }

    public bool IsDelta { get; private set; }

    public bool HasUnknownCritical { get; private set; }

    /// <summary>One list, DER, PEM or bare base64.</summary>
    public static CertificateRevocationList Read(ReadOnlyMemory<byte> file) => Parse(Armour.Remove(file));

    public static CertificateRevocationList Parse(ReadOnlyMemory<byte> der) =>
        Der.Read(der, "the CRL", reader => new CertificateRevocationList(der, reader));

    /// <summary>Whether this authority made it and may make CRLs.</summary>
    /// <exception cref="RefusalException">An algorithm or key is not accepted.</exception>
    public bool IsSignedBy(Certificate authority) =>
        authority.Subject.IsSameAs(Issuer)
        && authority.KeyUsage?.HasFlag(KeyUsages.CrlSign) == true
        && authority.HasSigned(_signatureAlgorithm, _tbs.Span, _signature.Span);

    /// <summary>The entry of a certificate of this authority, or none.</summary>
    /// <exception cref="RefusalException">An entry cannot be read, or is another authority's.</exception>
    public (DateTimeOffset RevokedAt, int? Cause)? Find(ReadOnlySpan<byte> serialNumber)
    {
        if (_entries.IsEmpty)
        {
            return null;
        }
        (DateTimeOffset, int?)? found = null;
        try
        {
            var entries = new AsnReader(_entries, AsnEncodingRules.DER).ReadSequence();
            while (entries.HasData)
            {
                var entry = entries.ReadSequence();
                var isIt = entry.ReadIntegerBytes().Span.SequenceEqual(serialNumber);
                var revokedAt = entry.ReadTime();
                int? cause = null;
                if (entry.HasData)
                {
                    foreach (var (oid, critical, value) in Extension.ReadAll(entry.ReadSequence()))
                    {
                        if (oid == Oids.CrlReason)
                        {
                            cause = Der.Read(value, "a CRL's reason", RevocationReason.Read);
                        }
                        else if (critical)
                        {
                            throw Der.Malformed($"a CRL's entry has the critical extension {oid}");
                        }
                    }
                }
                entry.ThrowIfNotEmpty();
                if (isIt && (found is null || revokedAt < found.Value.Item1))
                {
                    found = (revokedAt, cause);
                }
            }
            return found;
        }
        catch (AsnContentException broken)
        {
            throw new RefusalException(
                Refusals.Malformed,
                $"the CRL's entries cannot be read: {broken.Message}",
                broken
            );
        }
    }
}

/// <summary>CRLReason: an ENUMERATED of RFC 5280, section 5.3.1.</summary>
internal static class RevocationReason
{
    public static int Read(AsnReader reader)
    {
        var bytes = reader.ReadEnumeratedBytes();
        return bytes.Length == 1 && bytes.Span[0] <= 10
            ? bytes.Span[0]
            : throw Der.Malformed("the reason for a revocation is not a known one");
    }
}
