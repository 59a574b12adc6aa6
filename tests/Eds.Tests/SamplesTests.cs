using System.Text.Json;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Cms;
using PedAtt.Eds.Revocation;

namespace PedAtt.Eds.Tests;

/// <summary>
/// Real test material of the National Certification Authority, which is not ours to keep here: it is read where it lies
/// beside the repository. samples.json says what each file is worth in arithmetic, in its chain and by the policy, on
/// two frozen clocks.
/// </summary>
public class SamplesTests
{
    private static readonly DateTimeOffset Then = new(2022, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Today = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string? Folder = FindFolder();

    public static TheoryData<string> Files => [.. Expected().Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_is_worth_what_the_table_says(string file)
    {
        Assert.SkipWhen(Folder is null, "the samples are not beside the repository (../shared/eds-samples)");
        var expected = Expected()[file];

        var actual = Weigh(file);

        Assert.Equal(JsonSerializer.Serialize(expected, Indented), JsonSerializer.Serialize(actual, Indented));
    }

    [Fact]
    public void Every_sample_stands_in_the_table()
    {
        Assert.SkipWhen(Folder is null, "the samples are not beside the repository (../shared/eds-samples)");

        Assert.Equal(
            Directory
                .GetFiles(Folder!)
                .Select(Path.GetFileName)
                .Where(name => name!.StartsWith("ncanode-", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            Expected().Keys.Order(StringComparer.Ordinal)
        );
    }

    private static Dictionary<string, SortedDictionary<string, string>> Expected() =>
        JsonSerializer.Deserialize<Dictionary<string, SortedDictionary<string, string>>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples.json"))
        )!;

    private static SortedDictionary<string, string> Weigh(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder!, file));
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var kind =
            file.Contains("ocsp", StringComparison.Ordinal) ? "ocsp"
            : file.Contains("tsp", StringComparison.Ordinal) ? "tsp"
            : Path.GetExtension(file);
        switch (kind)
        {
            case ".cms":
                WeighCms(bytes, rows);
                break;
            case ".crl":
                WeighCrl(bytes, rows);
                break;
            case "ocsp":
                WeighOcsp(bytes, rows);
                break;
            case "tsp":
                rows["arithmetic"] = Try(() =>
                {
                    var stamp = file.Contains("response", StringComparison.Ordinal)
                        ? Timestamp.ReadResponse(bytes)
                        : Timestamp.Read(bytes);
                    return Verdict(stamp.Cms.Signers[0].IsSignedBy(stamp.Cms.CertificateOf(stamp.Cms.Signers[0])));
                });
                break;
            default:
                WeighCertificate(Certificate.Read(bytes), rows);
                break;
        }
        return rows;
    }

    private static void WeighCertificate(Certificate certificate, SortedDictionary<string, string> rows)
    {
        rows["arithmetic"] = Try(() =>
            Authorities().Find(a => a.Subject.IsSameAs(certificate.Issuer)) is { } issuer
                ? Verdict(certificate.IsSignedBy(issuer))
                : "issuer not here"
        );
        foreach (var (name, time) in new[] { ("2022", Then), ("2026", Today) })
        {
            rows["chain " + name] = Try(() =>
            {
                var chain = Chain.Build(certificate, [], new TrustAnchors(Authorities()), time);
                return (
                        Chain.WhyNotValid(certificate, time)
                        ?? chain.WhyNotAuthorities()
                        ?? chain.WhyAuthoritiesNotValid(time)
                    )?.Code
                    ?? "good";
            });
        }
    }

    private static void WeighCms(byte[] bytes, SortedDictionary<string, string> rows)
    {
        var cms = SignedData.Read(bytes);
        var document = cms.Content ?? File.ReadAllBytes(Path.Combine(Folder!, "test123.txt"));
        for (var i = 0; i < cms.Signers.Count; i++)
        {
            var signer = cms.Signers[i];
            rows[$"arithmetic {i + 1}"] = Try(() =>
                Verdict(signer.IsSignedBy(cms.CertificateOf(signer)) && signer.IsAbout(new MemoryStream(document)))
            );
            var certificates = new SortedDictionary<string, string>();
            WeighCertificate(cms.CertificateOf(signer), certificates);
            foreach (var (name, worth) in certificates)
            {
                rows[$"signer {i + 1}: {name}"] = worth;
            }
        }
        var evidence = new RevocationEvidence(
            [
                .. Directory
                    .GetFiles(Folder!, "*ocsp*")
                    .Order(StringComparer.Ordinal)
                    .Select(f => (ReadOnlyMemory<byte>)File.ReadAllBytes(f)),
            ],
            [
                .. Directory
                    .GetFiles(Folder!, "*.crl")
                    .Order(StringComparer.Ordinal)
                    .Select(f => (ReadOnlyMemory<byte>)File.ReadAllBytes(f)),
            ]
        );
        foreach (var (name, time) in new[] { ("2022", Then), ("2026", Today) })
        {
            var verdict = SignatureVerifier.Verify(
                document,
                bytes,
                new TrustAnchors(Authorities()),
                new SignaturePolicy { AcceptAttached = true },
                time,
                evidence
            );
            rows["policy " + name] =
                verdict.Result
                + ": "
                + string.Join(
                    ", ",
                    verdict
                        .Checks.Where(c => c.Outcome is CheckOutcome.Failed or CheckOutcome.Waiting)
                        .Select(c => $"{c.Name} {c.Code}")
                );
        }
    }

    private static void WeighCrl(byte[] bytes, SortedDictionary<string, string> rows) =>
        rows["arithmetic"] = Try(() =>
        {
            var list = CertificateRevocationList.Parse(bytes);
            var issuer = Authorities().Find(a => a.Subject.IsSameAs(list.Issuer));
            return issuer is null
                ? "issuer not here"
                : Verdict(list.IsSignedBy(issuer)) + (list.IsDelta ? ", delta" : "");
        });

    private static void WeighOcsp(byte[] bytes, SortedDictionary<string, string> rows)
    {
        var response = OcspResponse.Parse(bytes);
        var issuers = Authorities();
        rows["arithmetic"] = string.Join(
            ", ",
            issuers
                .Select(issuer =>
                    Try(() =>
                    {
                        response.RequireResponderOf(issuer);
                        return "good";
                    })
                )
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        rows["answers"] = string.Join(
            ", ",
            Signers()
                .Select(signer =>
                    issuers.Find(issuer => issuer.Subject.IsSameAs(signer.Issuer)) is { } issuer
                    && response.Find(signer, issuer) is { } answer
                        ? $"{answer.Status} for {signer.SerialNumberHex[..8]} on {answer.ThisUpdate:yyyy-MM-dd}"
                        : null
                )
                .OfType<string>()
                .Distinct()
        );
    }

    private static List<Certificate> Authorities() =>
        [
            .. new[]
            {
                "ncanode-nca_gost2015_test.cer",
                "ncanode-nca_rsa_test.crt",
                "ncanode-nca_gost_test.crt",
            }.Select(name => Certificate.Read(File.ReadAllBytes(Path.Combine(Folder!, name)))),
        ];

    private static IEnumerable<Certificate> Signers() =>
        Directory
            .GetFiles(Folder!, "*.cms")
            .Order(StringComparer.Ordinal)
            .SelectMany(file => SignedData.Read(File.ReadAllBytes(file)).Certificates)
            .Concat(
                Directory
                    .GetFiles(Folder!, "*valid_sign*.cer")
                    .Order(StringComparer.Ordinal)
                    .Select(file => Certificate.Read(File.ReadAllBytes(file)))
            );

    private static string Verdict(bool good) => good ? "good" : "wrong";

    private static string Try(Func<string> weigh)
    {
        try
        {
            return weigh();
        }
        catch (RefusalException refused)
        {
            return refused.Code;
        }
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PedAtt.sln")))
            {
                // A second working copy lies one folder deeper than the repository.
                return new[] { "../shared/eds-samples", "../../shared/eds-samples" }
                    .Select(path => Path.GetFullPath(Path.Combine(folder.FullName, path)))
                    .FirstOrDefault(Directory.Exists);
            }
        }
        return null;
    }
}
