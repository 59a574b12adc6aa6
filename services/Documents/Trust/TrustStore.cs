using PedAtt.Eds;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Revocation;

namespace PedAtt.Documents.Trust;

/// <summary>
/// The authorities whose certificates count, from the trust folder: <c>*.cer</c> and <c>*.crt</c> (roots and
/// intermediates) and <c>*.crl</c>, in DER or PEM. In production only those whose fingerprints are configured. It is
/// read again when it changes.
/// </summary>
public sealed partial class TrustStore(TrustSettings settings, ILogger<TrustStore> log)
{
    private readonly Lock reading = new();
    private (string Stamp, TrustedAuthorities Trust) known = ("", new(new TrustAnchors([]), []));

    public TrustProfile Profile => settings.Profile;

    /// <exception cref="InvalidOperationException">Outside Development there lies an authority that must not be
    /// trusted.</exception>
    public void RequireAllowed()
    {
        if (settings.IsDevelopment)
            return;
        foreach (var (file, certificate) in Certificates(Files("", "production", "test")))
        {
            if (
                file.DirectoryName == Path.GetFullPath(Path.Combine(settings.Folder!, "test"))
                || IsForTests(certificate)
            )
                throw new InvalidOperationException(
                    $"The trust folder holds {file.Name}, a test or demonstration authority. Take it out: outside Development it signs for nobody."
                );
            if (!settings.Fingerprints.Contains(certificate.Thumbprint))
                throw new InvalidOperationException(
                    $"The trust folder holds {file.Name}, whose SHA-256 {certificate.Thumbprint} is not among Trust:Fingerprints. Check it by another way and add it, or take the file out."
                );
        }
    }

    public TrustedAuthorities Read()
    {
        var files = Files("", settings.Profile == TrustProfile.Test ? "test" : "production");
        var stamp = string.Join(
            '|',
            files.Select(file => $"{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}")
        );
        lock (reading)
        {
            if (stamp != known.Stamp)
                known = (stamp, Load(files));
            return known.Trust;
        }
    }

    /// <summary>The demonstration's authority signs for invented people, and the national authority's test ones call
    /// themselves so.</summary>
    private static bool IsForTests(Certificate certificate) =>
        certificate.Subject.Attributes.Any(part =>
            part.Oid == Oids.CommonName
            && part.Text is { } name
            && (
                name.StartsWith("PedAtt demonstration", StringComparison.Ordinal)
                || name.Contains("TEST", StringComparison.OrdinalIgnoreCase)
            )
        );

    private TrustedAuthorities Load(IReadOnlyList<FileInfo> files)
    {
        var counting = Certificates(files)
            .Where(one => Counts(one.File, one.Certificate))
            .Select(one => one.Certificate)
            .ToLookup(one => one.IsSelfIssued);
        return new(new TrustAnchors(counting[true], counting[false]), [.. RevocationLists(files)]);
    }

    /// <summary>In production, a file that came after the start and is on no list counts for nothing.</summary>
    private bool Counts(FileInfo file, Certificate certificate)
    {
        if (
            Profile == TrustProfile.Test
            || (settings.Fingerprints.Contains(certificate.Thumbprint) && !IsForTests(certificate))
        )
            return true;
        LogNotListed(file.Name, certificate.Thumbprint);
        return false;
    }

    private FileInfo[] Files(params string[] folders) =>
        settings.Folder is not { Length: > 0 } trust
            ? []
            :
            [
                .. folders
                    .Select(name => new DirectoryInfo(Path.Combine(trust, name)))
                    .Where(folder => folder.Exists)
                    .SelectMany(folder => folder.GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal)),
            ];

    private IEnumerable<(FileInfo File, Certificate Certificate)> Certificates(IEnumerable<FileInfo> files) =>
        files
            .Where(file => KindOf(file) is ".cer" or ".crt")
            .Select(file => (file, Parse(file, bytes => Certificate.Read(bytes))))
            .Where(one => one.Item2 is not null)!;

    private IEnumerable<ReadOnlyMemory<byte>> RevocationLists(IEnumerable<FileInfo> files) =>
        files
            .Where(file => KindOf(file) is ".crl")
            .Select(file => Parse(file, bytes => CertificateRevocationList.Read(bytes)))
            .Where(list => list is not null)
            .Select(list => list!.Encoded);

    private T? Parse<T>(FileInfo file, Func<byte[], T> parse)
        where T : class
    {
        try
        {
            return parse(File.ReadAllBytes(file.FullName));
        }
        catch (RefusalException)
        {
            LogUnreadable(file.Name);
            return null;
        }
    }

    /// <summary>Authorities' own pages name their files in capitals, too.</summary>
    private static string KindOf(FileInfo file) => file.Extension.ToLowerInvariant();

    [LoggerMessage(LogLevel.Error, "{File} in the trust folder cannot be read and counts for nothing")]
    private partial void LogUnreadable(string file);

    [LoggerMessage(
        LogLevel.Error,
        "{File} in the trust folder counts for nothing: its SHA-256 {Fingerprint} is not configured, or it is a test authority"
    )]
    private partial void LogNotListed(string file, string fingerprint);
}

/// <param name="RevocationLists">DER.</param>
public sealed record TrustedAuthorities(TrustAnchors Anchors, IReadOnlyList<ReadOnlyMemory<byte>> RevocationLists);
