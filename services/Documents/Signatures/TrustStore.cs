using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PedAtt.Documents.Signatures;

/// <summary>
/// The authorities whose certificates count, from the trust folder: <c>*.cer</c> and <c>*.crt</c> (roots and intermediates) and
/// <c>*.crl</c>, in DER or PEM. What lies there an operator has checked; it is read again when the folder changes.
/// </summary>
public sealed partial class TrustStore(string? folder, bool isDevelopment, ILogger<TrustStore> log)
{
    /// <summary>The demonstration's authority signs for invented people: outside Development nobody may trust it.</summary>
    private const string DemonstrationAuthority = "PedAtt demonstration authority";

    private readonly Lock reading = new();
    private (string Stamp, Trust Trust) known = ("", new([], [], []));

    /// <exception cref="InvalidOperationException">A demonstration authority is trusted outside Development.</exception>
    public Trust Read()
    {
        var files = folder is { Length: > 0 } && Directory.Exists(folder)
            ? new DirectoryInfo(folder).GetFiles().Where(file => KindOf(file) is ".cer" or ".crt" or ".crl").OrderBy(file => file.Name).ToArray()
            : [];
        var stamp = string.Join('|', files.Select(file => $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}"));
        lock (reading)
        {
            if (stamp != known.Stamp)
                known = (stamp, Load(files));
            return known.Trust;
        }
    }

    /// <summary>Authorities' own pages name their files in capitals, too.</summary>
    private static string KindOf(FileInfo file) => file.Extension.ToLowerInvariant();

    private Trust Load(IEnumerable<FileInfo> files)
    {
        var (roots, others, lists) = (new List<X509Certificate2>(), new List<X509Certificate2>(), new List<RevocationList>());
        foreach (var file in files)
        {
            try
            {
                if (KindOf(file) == ".crl")
                {
                    lists.Add(RevocationList.Parse(File.ReadAllBytes(file.FullName)));
                    continue;
                }
                var certificate = X509CertificateLoader.LoadCertificateFromFile(file.FullName);
                (certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData) ? roots : others).Add(certificate);
            }
            catch (Exception e) when (e is CryptographicException or AsnContentException)
            {
                LogUnreadable(file.Name);
            }
        }
        if (!isDevelopment && roots.Concat(others).Any(one => one.GetNameInfo(X509NameType.SimpleName, false)
            .StartsWith(DemonstrationAuthority, StringComparison.Ordinal)))
            throw new InvalidOperationException("The trust folder holds a demonstration authority. Take it out: outside Development it signs for nobody.");
        return new(roots, others, lists);
    }

    [LoggerMessage(LogLevel.Error, "{File} in the trust folder cannot be read and counts for nothing")]
    private partial void LogUnreadable(string file);
}

public sealed record Trust(
    IReadOnlyList<X509Certificate2> Roots, IReadOnlyList<X509Certificate2> Intermediates, IReadOnlyList<RevocationList> RevocationLists);

/// <summary>The serial numbers that an issuer has revoked (RFC 5280, section 5).</summary>
public sealed record RevocationList(ReadOnlyMemory<byte> Issuer, IReadOnlySet<BigInteger> Serials)
{
    public bool Revokes(X509Certificate2 certificate) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(Issuer.Span)
        && Serials.Contains(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true));

    public static RevocationList Parse(byte[] file)
    {
        var list = new AsnReader(file.AsSpan().StartsWith("-----BEGIN"u8) ? FromPem(file) : file, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            list.ReadInteger();
        list.ReadEncodedValue();
        var issuer = list.ReadEncodedValue().ToArray();
        list.ReadEncodedValue();
        if (list.HasData && list.PeekTag() is { TagClass: TagClass.Universal } tag
            && (UniversalTagNumber)tag.TagValue is UniversalTagNumber.UtcTime or UniversalTagNumber.GeneralizedTime)
            list.ReadEncodedValue();
        var serials = new HashSet<BigInteger>();
        if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            for (var revoked = list.ReadSequence(); revoked.HasData;)
                serials.Add(revoked.ReadSequence().ReadInteger());
        }
        return new(issuer, serials);
    }

    private static byte[] FromPem(byte[] file)
    {
        var text = Encoding.ASCII.GetString(file);
        return PemEncoding.TryFind(text, out var found) ? Convert.FromBase64String(text[found.Base64Data]) : [];
    }
}
