using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Cms;
using PedAtt.Eds.Revocation;

namespace PedAtt.Eds.Evidence;

/// <param name="Certificates">DER: the signer's chain and that of the time stamp, anchors included.</param>
/// <param name="OcspResponses">DER, as the responder gave them.</param>
/// <param name="Crls">DER.</param>
public sealed record Examination(
    VerificationRecord Record,
    IReadOnlyList<byte[]> Certificates,
    IReadOnlyList<byte[]> OcspResponses,
    IReadOnlyList<byte[]> Crls
);

/// <param name="Examinations">Oldest first: the one on receipt, then those in which revocation was asked about
/// again.</param>
public sealed record SignatureEvidence(byte[] Cms, IReadOnlyList<Examination> Examinations);

/// <summary>
/// Everything that a later reader needs to judge the signatures of a document again, in one ZIP (docs/signatures.md has
/// its layout). The bundle itself is not signed: what proves something in it is.
/// </summary>
public sealed record EvidenceBundle(byte[] Document, IReadOnlyList<SignatureEvidence> Signatures)
{
    public const string Format = "pedatt-evidence-1";

    private const string Manifest = "manifest.json";
    private const string DocumentFile = "document.pdf";
    private const int MostEntries = 1000;
    private const long LargestEntry = 128 << 20;

    public void Write(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(DocumentFile, Document);
        for (var s = 0; s < Signatures.Count; s++)
        {
            var folder = $"signature-{s + 1}";
            Add($"{folder}/signature.cms", Signatures[s].Cms);
            if (TimestampOf(Signatures[s].Cms) is { } token)
            {
                Add($"{folder}/timestamp.tst", token);
            }
            for (var e = 0; e < Signatures[s].Examinations.Count; e++)
            {
                var examination = Signatures[s].Examinations[e];
                var own = $"{folder}/examination-{e + 1}";
                Add($"{own}/verdict.json", System.Text.Encoding.UTF8.GetBytes(examination.Record.ToJson()));
                AddAll($"{own}/certificate", "cer", examination.Certificates);
                AddAll($"{own}/answer", "ocsp", examination.OcspResponses);
                AddAll($"{own}/list", "crl", examination.Crls);
            }
        }
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new { format = Format, sha256 = hashes });
        Add(Manifest, manifest);

        void AddAll(string name, string kind, IReadOnlyList<byte[]> files)
        {
            for (var i = 0; i < files.Count; i++)
            {
                Add($"{name}-{i + 1}.{kind}", files[i]);
            }
        }

        void Add(string name, byte[] content)
        {
            hashes[name] = Convert.ToHexStringLower(SHA256.HashData(content));
            var entry = zip.CreateEntry(name);
            // The same evidence is the same file, whenever it is fetched.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using var to = entry.Open();
            to.Write(content);
        }
    }

    /// <exception cref="RefusalException">It is no such bundle, or a file in it is not the one that the manifest
    /// names.</exception>
    public static EvidenceBundle Read(Stream stream)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            var files = ReadAll(zip);
            var signatures = new List<SignatureEvidence>();
            for (var s = 1; files.ContainsKey($"signature-{s}/signature.cms"); s++)
            {
                var examinations = new List<Examination>();
                for (var e = 1; files.TryGetValue($"signature-{s}/examination-{e}/verdict.json", out var verdict); e++)
                {
                    var own = $"signature-{s}/examination-{e}";
                    examinations.Add(
                        new Examination(
                            VerificationRecord.Parse(System.Text.Encoding.UTF8.GetString(verdict)),
                            Numbered(files, $"{own}/certificate", "cer"),
                            Numbered(files, $"{own}/answer", "ocsp"),
                            Numbered(files, $"{own}/list", "crl")
                        )
                    );
                }
                signatures.Add(new SignatureEvidence(files[$"signature-{s}/signature.cms"], examinations));
            }
            return new EvidenceBundle(
                files.GetValueOrDefault(DocumentFile) ?? throw Broken("it holds no document"),
                signatures
            );
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw new RefusalException(Refusals.Malformed, $"the bundle cannot be read: {broken.Message}", broken);
        }
    }

    /// <summary>Judges an examination's signature again, by what is in the bundle.</summary>
    /// <param name="trust">The authorities that the reader believes; none means those that the bundle ends
    /// with.</param>
    public Verdict Examine(
        SignatureEvidence signature,
        Examination examination,
        IReadOnlyList<Certificate>? trust = null
    )
    {
        var certificates = examination.Certificates.Select(der => Certificate.Read(der)).ToList();
        return SignatureVerifier.Verify(
            Document,
            signature.Cms,
            new TrustAnchors(trust ?? [.. certificates.Where(one => one.IsSelfIssued)], certificates),
            examination.Record.Policy,
            examination.Record.AskedAt,
            new RevocationEvidence(
                [.. examination.OcspResponses.Select(one => (ReadOnlyMemory<byte>)one)],
                [.. examination.Crls.Select(one => (ReadOnlyMemory<byte>)one)]
            ),
            examination.Record.ReceivedAt
        );
    }

    private static Dictionary<string, byte[]> ReadAll(ZipArchive zip)
    {
        if (zip.Entries.Count > MostEntries)
        {
            throw Broken("it holds too many files");
        }
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var room = LargestEntry;
        foreach (var entry in zip.Entries)
        {
            if (!files.TryAdd(entry.FullName, ReadEntry(entry, ref room)))
            {
                throw Broken($"it holds {entry.FullName} twice");
            }
        }
        if (!files.Remove(Manifest, out var json))
        {
            throw Broken("it has no manifest");
        }
        using var manifest = JsonDocument.Parse(json);
        if (
            manifest.RootElement.ValueKind != JsonValueKind.Object
            || !manifest.RootElement.TryGetProperty("format", out var format)
            || !Says(format, Format)
            || !manifest.RootElement.TryGetProperty("sha256", out var hashes)
            || hashes.ValueKind != JsonValueKind.Object
        )
        {
            throw Broken($"its format is not {Format}");
        }
        foreach (var (name, content) in files)
        {
            if (
                !hashes.TryGetProperty(name, out var hash)
                || !Says(hash, Convert.ToHexStringLower(SHA256.HashData(content)))
            )
            {
                throw Broken($"{name} is not the file that the manifest names");
            }
        }
        return hashes.EnumerateObject().Count() == files.Count
            ? files
            : throw Broken("a file that the manifest names is missing");
    }

    private static bool Says(JsonElement value, string text) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static byte[] ReadEntry(ZipArchiveEntry entry, ref long room)
    {
        using var from = entry.Open();
        using var content = new MemoryStream();
        var chunk = new byte[64 << 10];
        for (int read; (read = from.Read(chunk)) > 0; content.Write(chunk, 0, read))
        {
            // What the directory says about sizes is not believed.
            if ((room -= read) < 0)
            {
                throw Broken("it unpacks to more than evidence takes");
            }
        }
        return content.ToArray();
    }

    private static List<byte[]> Numbered(Dictionary<string, byte[]> files, string name, string kind)
    {
        var found = new List<byte[]>();
        while (files.TryGetValue($"{name}-{found.Count + 1}.{kind}", out var content))
        {
            found.Add(content);
        }
        return found;
    }

    private static byte[]? TimestampOf(byte[] cms)
    {
        try
        {
            return SignedData.Read(cms).Signers is [var signer, ..]
                ? signer
                    .UnsignedAttributes.FirstOrDefault(attribute =>
                        attribute.Oid == Oids.TimestampAttribute && attribute.Values.Count > 0
                    )
                    ?.Values[0]
                    .ToArray()
                : null;
        }
        catch (RefusalException)
        {
            return null;
        }
    }

    private static RefusalException Broken(string reason) =>
        new(Refusals.Malformed, $"the bundle is not in order: {reason}");
}
