using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Certificates;

/// <summary>The bits of the keyUsage extension, numbered as RFC 5280 does.</summary>
[Flags]
public enum KeyUsages
{
    None = 0,
    DigitalSignature = 1 << 0,
    NonRepudiation = 1 << 1,
    KeyEncipherment = 1 << 2,
    DataEncipherment = 1 << 3,
    KeyAgreement = 1 << 4,
    KeyCertSign = 1 << 5,
    CrlSign = 1 << 6,
    EncipherOnly = 1 << 7,
    DecipherOnly = 1 << 8,
}

/// <summary>An X.509 certificate, strictly DER. A key of an algorithm that is not accepted is no reason not to read
/// it.</summary>
public sealed class Certificate
{
    private readonly AlgorithmIdentifier _signatureAlgorithm;
    private readonly AlgorithmIdentifier _keyAlgorithm;
    private readonly ReadOnlyMemory<byte> _tbs;
    private readonly ReadOnlyMemory<byte> _signature;
    private PublicKey? _key;

    private Certificate(ReadOnlyMemory<byte> encoded, AsnReader reader)
    {
        Encoded = encoded;
        var certificate = reader.ReadSequence();
        _tbs = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        _signatureAlgorithm = AlgorithmIdentifier.Read(certificate);
        _signature = ReadWholeBytes(certificate);
        certificate.ThrowIfNotEmpty();

        var version = tbs.ReadSequence(Der.Context(0));
        if (version.ReadInteger() != 2)
        {
            throw Der.Malformed("the certificate is not of version 3");
        }
        version.ThrowIfNotEmpty();
        SerialNumber = tbs.ReadIntegerBytes();
        if (SerialNumber.Length > 21 || SerialNumber.Span[0] >= 0x80)
        {
            throw Der.Malformed("the certificate's serial number is negative or too long");
        }
        if (!AlgorithmIdentifier.Read(tbs).Equals(_signatureAlgorithm))
        {
            throw Der.Malformed("the certificate names two signature algorithms");
        }
        Issuer = DistinguishedName.Read(tbs);
        var validity = tbs.ReadSequence();
        NotBefore = validity.ReadTime();
        NotAfter = validity.ReadTime();
        validity.ThrowIfNotEmpty();
        Subject = DistinguishedName.Read(tbs);
        var keyInfo = tbs.ReadSequence();
        _keyAlgorithm = AlgorithmIdentifier.Read(keyInfo);
        KeyBytes = ReadWholeBytes(keyInfo);
        keyInfo.ThrowIfNotEmpty();
        // Unique identifiers ([1], [2]) are out of use for decades: a certificate with one is odd.
        if (tbs.HasData)
        {
            var explicitExtensions = tbs.ReadSequence(Der.Context(3));
            ReadExtensions(explicitExtensions.ReadSequence());
            explicitExtensions.ThrowIfNotEmpty();
        }
        tbs.ThrowIfNotEmpty();
    }

    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The integer's bytes, the most significant first.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    public DistinguishedName Issuer { get; }

    public DistinguishedName Subject { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public bool IsAuthority { get; private set; }

    /// <summary>How many authorities may stand between this one and a person; none means any number.</summary>
    public int? PathLength { get; private set; }

    /// <summary>None when the extension is absent.</summary>
    public KeyUsages? KeyUsage { get; private set; }

    public IReadOnlyList<string> Purposes { get; private set; } = [];

    public IReadOnlyList<string> Policies { get; private set; } = [];

    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; private set; }

    public ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; private set; }

    /// <summary>Extensions marked critical that are not understood here: the certificate may not be used.</summary>
    public IReadOnlyList<string> UnknownCritical { get; private set; } = [];

    public bool IsSelfIssued => Issuer.IsSameAs(Subject);

    public string Thumbprint => Convert.ToHexStringLower(SHA256.HashData(Encoded.Span));

    public string SerialNumberHex => Convert.ToHexStringLower(SerialNumber.Span);

    /// <exception cref="RefusalException">The key is of an algorithm that is not accepted, or broken.</exception>
    internal PublicKey Key => _key ??= PublicKey.Read(_keyAlgorithm, KeyBytes);

    /// <summary>What the BIT STRING of the key holds.</summary>
    internal ReadOnlyMemory<byte> KeyBytes { get; }

    /// <summary>One certificate, DER, PEM or bare base64.</summary>
    public static Certificate Read(ReadOnlyMemory<byte> file) => Parse(Armour.Remove(file));

    internal static Certificate Parse(ReadOnlyMemory<byte> der) =>
        Der.Read(der, "the certificate", reader => new Certificate(der, reader));

    /// <summary>Whether the issuer's key signed this certificate. Names and rights are not looked at.</summary>
    /// <exception cref="RefusalException">An algorithm or key is not accepted.</exception>
    internal bool IsSignedBy(Certificate issuer) => issuer.HasSigned(_signatureAlgorithm, _tbs.Span, _signature.Span);

    /// <summary>Whether this certificate's key made the signature, by an algorithm as certificates name them.</summary>
    internal bool HasSigned(AlgorithmIdentifier algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var digest = Algorithms.SignatureDigest(algorithm);
        return Key.Verify(digest, Algorithms.Hash(digest, data), signature);
    }

    internal bool IsSameAs(Certificate other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    internal static ReadOnlyMemory<byte> ReadWholeBytes(AsnReader reader)
    {
        var bytes = reader.ReadBitString(out var unused);
        return unused == 0 ? bytes : throw Der.Malformed("a bit string does not end with a byte");
    }

    private void ReadExtensions(AsnReader extensions)
    {
        var seen = new HashSet<string>();
        var unknown = new List<string>();
        while (extensions.HasData)
        {
            var (oid, critical, value) = Extension.Read(extensions);
            if (!seen.Add(oid))
            {
                throw Der.Malformed($"the certificate has extension {oid} twice");
            }
            if (!Take(oid, value) && critical)
            {
                unknown.Add(oid);
            }
        }
        UnknownCritical = unknown;
    }

    private bool Take(string oid, ReadOnlyMemory<byte> value)
    {
        switch (oid)
        {
            case Oids.BasicConstraints:
                (IsAuthority, PathLength) = Der.Read(value, "basicConstraints", ReadBasicConstraints);
                return true;
            case Oids.KeyUsage:
                KeyUsage = Der.Read(value, "keyUsage", reader => ReadKeyUsage(reader));
                return true;
            case Oids.ExtendedKeyUsage:
                Purposes = Der.Read(value, "extendedKeyUsage", ReadPurposes);
                return true;
            case Oids.CertificatePolicies:
                Policies = Der.Read(value, "certificatePolicies", ReadPolicies);
                return true;
            case Oids.SubjectKeyIdentifier:
                SubjectKeyIdentifier = Der.Read(value, "subjectKeyIdentifier", reader => reader.ReadOctetString());
                return true;
            case Oids.AuthorityKeyIdentifier:
                AuthorityKeyIdentifier = Der.Read(value, "authorityKeyIdentifier", ReadAuthorityKey);
                return true;
            case Oids.SubjectAlternativeName:
                // Says nothing that is used here, and takes nothing away.
                return true;
            default:
                return false;
        }
    }

    private static (bool IsAuthority, int? PathLength) ReadBasicConstraints(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var isAuthority = sequence.NextIs(Asn1Tag.Boolean) && sequence.ReadBoolean();
        int? length = null;
        if (sequence.HasData)
        {
            length =
                sequence.TryReadInt32(out var read) && read >= 0 && isAuthority
                    ? read
                    : throw Der.Malformed("the path length makes no sense");
        }
        sequence.ThrowIfNotEmpty();
        return (isAuthority, length);
    }

    private static KeyUsages ReadKeyUsage(AsnReader reader)
    {
        var bits = reader.ReadBitString(out _);
        if (bits.Length > 2)
        {
            throw Der.Malformed("keyUsage is too long");
        }
        var usages = KeyUsages.None;
        for (var bit = 0; bit < 8 * bits.Length; bit++)
        {
            if ((bits[bit / 8] >> (7 - bit % 8) & 1) == 1)
            {
                usages |= (KeyUsages)(1 << bit);
            }
        }
        return usages;
    }

    private static List<string> ReadPurposes(AsnReader reader)
    {
        var purposes = new List<string>();
        var sequence = reader.ReadSequence();
        do
        {
            purposes.Add(sequence.ReadObjectIdentifier());
        } while (sequence.HasData);
        return purposes;
    }

    private static List<string> ReadPolicies(AsnReader reader)
    {
        var policies = new List<string>();
        var sequence = reader.ReadSequence();
        while (sequence.HasData)
        {
            policies.Add(sequence.ReadSequence().ReadObjectIdentifier());
        }
        return policies;
    }

    private static ReadOnlyMemory<byte>? ReadAuthorityKey(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        ReadOnlyMemory<byte>? key = null;
        if (sequence.NextIs(Der.Context(0, constructed: false)))
        {
            key = sequence.ReadOctetString(Der.Context(0, constructed: false));
        }
        while (sequence.HasData)
        {
            sequence.ReadEncodedValue();
        }
        return key;
    }
}
