using System.IO.Compression;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Evidence;
using PedAtt.Eds.Revocation;
using PedAtt.Eds.Tests.Authority;
using PedAtt.Eds.Verify;

namespace PedAtt.Eds.Tests.Evidence;

/// <summary>What is kept of a signature is judged again, years later, by what lies in the bundle alone.</summary>
public sealed class EvidenceBundleTests : IDisposable
{
    private static readonly TestAuthority Ca = TestAuthority.Gost;
    private static readonly DateTimeOffset Received = TestAuthority.Now;

    private readonly string folder = Directory.CreateTempSubdirectory("pedatt-evidence-").FullName;

    public static TheoryData<string> Kinds => ["gost", "rsa"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_bundle_is_read_and_judged_as_it_was(string kind)
    {
        var ca = kind == "gost" ? TestAuthority.Gost : TestAuthority.Rsa;
        var written = Bundle(ca, stamped: true);

        var read = EvidenceBundle.Read(new MemoryStream(Bytes(written)));

        Assert.Equal(TestSignature.Document, read.Document);
        var signature = Assert.Single(read.Signatures);
        var examination = Assert.Single(signature.Examinations);
        Assert.Equivalent(written.Signatures[0].Examinations[0], examination, strict: true);
        foreach (var trust in new[] { null, new[] { ca.Root.Certificate } })
        {
            var verdict = read.Examine(signature, examination, trust);
            Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
            Assert.Equal(examination.Record.Checks, verdict.Checks);
            Assert.Equal(examination.Record.SignedAt, verdict.SignedAt);
        }
    }

    [Fact]
    public void The_same_evidence_is_the_same_file() => Assert.Equal(Bytes(Bundle(Ca)), Bytes(Bundle(Ca)));

    [Fact]
    public void The_tool_prints_each_check_and_says_whether_all_is_valid()
    {
        var (result, said) = Run(Bytes(Bundle(Ca, stamped: true)));

        Assert.Equal(BundleVerification.AllValid, result);
        Assert.All(Checks.All, check => Assert.Contains($"  {check} ", said, StringComparison.Ordinal));
        Assert.Contains($"IIN {TestAuthority.Iin}", said, StringComparison.Ordinal);
        Assert.Contains(Ca.Root.Certificate.Thumbprint, said, StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERS", said, StringComparison.Ordinal);
        Assert.EndsWith("VALID", said.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("NOT VALID", said, StringComparison.Ordinal);
    }

    [Fact]
    public void With_authorities_of_the_readers_own_only_they_are_believed()
    {
        var (trusted, other) = (
            Directory.CreateDirectory(Path.Combine(folder, "ours")),
            Directory.CreateDirectory(Path.Combine(folder, "other"))
        );
        File.WriteAllBytes(Path.Combine(trusted.FullName, "root.cer"), Ca.Root.Encoded);
        File.WriteAllBytes(Path.Combine(other.FullName, "root.cer"), TestAuthority.Rsa.Root.Encoded);

        Assert.Equal(BundleVerification.AllValid, Run(Bytes(Bundle(Ca)), trusted.FullName).Result);
        var (result, said) = Run(Bytes(Bundle(Ca)), other.FullName);
        Assert.Equal(BundleVerification.NotValid, result);
        Assert.Contains("DIFFERS: then Passed", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_changed_in_a_bundle_is_found()
    {
        var bundle = Bundle(Ca);
        var (signature, examination) = (bundle.Signatures[0], bundle.Signatures[0].Examinations[0]);

        // Another document, in a bundle that was put together anew around it.
        Assert.Equal(Checks.Document, Refusal(bundle with { Document = [1, 2, 3] }));
        // A record that says more than the evidence: the checks are made again, whatever it says.
        var policy = examination.Record.Policy with
        {
            Iin = "850615200013",
        };
        Assert.Equal(
            Checks.Iin,
            Refusal(With(examination with { Record = examination.Record with { Policy = policy } }))
        );
        Assert.Equal(Checks.Chain, Refusal(With(examination with { Certificates = [TestAuthority.Rsa.Root.Encoded] })));
        var without = bundle.Examine(signature, examination with { OcspResponses = [], Crls = [] });
        Assert.Equal(
            (VerdictResult.Waiting, CheckOutcome.Waiting),
            (without.Result, without[Checks.Revocation].Outcome)
        );

        EvidenceBundle With(Examination changed) =>
            bundle with
            {
                Signatures = [signature with { Examinations = [changed] }],
            };

        static string Refusal(EvidenceBundle changed) =>
            changed.Examine(changed.Signatures[0], changed.Signatures[0].Examinations[0]).Refusal!.Name;
    }

    [Theory]
    [InlineData("document.pdf", "changed")]
    [InlineData("signature-1/signature.cms", "changed")]
    [InlineData("signature-1/examination-1/verdict.json", "changed")]
    [InlineData("signature-1/examination-1/answer-1.ocsp", "missing")]
    [InlineData("manifest.json", "missing")]
    [InlineData("document.pdf", "twice")]
    [InlineData("more.txt", "added")]
    public void A_file_that_is_not_the_manifests_is_refused(string name, string how)
    {
        using var file = new MemoryStream();
        file.Write(Bytes(Bundle(Ca)));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            if (how is "missing" or "changed")
            {
                zip.GetEntry(name)!.Delete();
            }
            if (how is not "missing")
            {
                using var to = zip.CreateEntry(name).Open();
                to.Write("{}"u8);
            }
        }

        var (result, _) = Run(file.ToArray());
        Assert.Equal(BundleVerification.NotRead, result);
    }

    [Theory]
    [InlineData("\"format\":\"pedatt-evidence-1\"", "\"format\":7")]
    [InlineData("\"sha256\":{\"document.pdf\":\"", "\"sha256\":{\"document.pdf\":7,\"x\":\"")]
    [InlineData("\"sha256\":{", "\"sha256\":[{")]
    public void A_manifest_that_says_what_none_could_is_refused(string good, string odd)
    {
        using var file = new MemoryStream();
        file.Write(Bytes(Bundle(Ca)));
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var stream = zip.GetEntry("manifest.json")!.Open();
            var text = new StreamReader(stream).ReadToEnd();
            Assert.Contains(good, text, StringComparison.Ordinal);
            stream.SetLength(0);
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text.Replace(good, odd, StringComparison.Ordinal)));
        }

        Assert.Equal(BundleVerification.NotRead, Run(file.ToArray()).Result);
    }

    [Theory]
    [InlineData("\"clockSkew\": \"00:05:00\"", "\"clockSkew\": \"10675199.02:48:05.4775807\"")]
    [InlineData("\"ocspMaxAge\": \"01:00:00\"", "\"ocspMaxAge\": \"-01:00:00\"")]
    [InlineData("\"receivedAt\": \"2026-", "\"receivedAt\": \"9999-")]
    [InlineData("\"checks\": [", "\"checks\": [null, ")]
    [InlineData("\"policy\": {", "\"policy\": null, \"other\": {")]
    [InlineData("\"result\": \"valid\"", "\"result\": \"splendid\"")]
    public void A_record_that_says_what_none_could_is_refused(string good, string odd)
    {
        var record = Bundle(Ca).Signatures[0].Examinations[0].Record.ToJson();
        Assert.Contains(good, record, StringComparison.Ordinal);
        Assert.Equal(
            Refusals.Malformed,
            Assert
                .Throws<RefusalException>(() =>
                    VerificationRecord.Parse(record.Replace(good, odd, StringComparison.Ordinal))
                )
                .Code
        );
    }

    [Fact]
    public void What_is_no_bundle_is_said_to_be_none()
    {
        Assert.Equal(BundleVerification.NotRead, Run([]).Result);
        Assert.Equal(BundleVerification.NotRead, Run([0x50, 0x4B, 3, 4, 1, 2, 3]).Result);
        Assert.Equal(BundleVerification.NotRead, Run(Bytes(Bundle(Ca))[..^30]).Result);
        Assert.Equal(BundleVerification.NotRead, Run(Bytes(Bundle(Ca) with { Signatures = [] })).Result);
        Assert.Equal(
            BundleVerification.NotRead,
            BundleVerification.Run(Path.Combine(folder, "nowhere.zip"), null, TextWriter.Null)
        );
    }

    [Fact]
    public void A_question_to_a_responder_names_the_certificate_by_SHA_256()
    {
        var question = OcspRequest.Encode(Ca.Person.Certificate, Ca.Issuing.Certificate, [1, 2, 3, 4]);

        var reader = new System.Formats.Asn1.AsnReader(question, System.Formats.Asn1.AsnEncodingRules.DER);
        var request = reader.ReadSequence().ReadSequence();
        var id = request.ReadSequence().ReadSequence().ReadSequence();
        Assert.Equal(Oids.Sha256, id.ReadSequence().ReadObjectIdentifier());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Ca.Issuing.Name), id.ReadOctetString());
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Ca.Issuing.Key.KeyBits), id.ReadOctetString());
        Assert.Equal(Ca.Person.SerialNumber, id.ReadInteger());
        Assert.True(request.HasData);
    }

    private static EvidenceBundle Bundle(TestAuthority ca, bool stamped = false)
    {
        var cms = new TestSignature
        {
            Signer = ca.Person,
            Timestamp = stamped ? signature => TestSignature.Stamp(ca, signature, Received.AddMinutes(-2)) : null,
        }.Encode();
        var policy = new SignaturePolicy { Iin = TestAuthority.Iin };
        var evidence = ca.AllGood();
        var asked = Received.AddMinutes(5);
        var verdict = SignatureVerifier.Verify(
            TestSignature.Document,
            cms,
            ca.Trust,
            policy,
            asked,
            evidence,
            Received
        );
        Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
        return new(
            TestSignature.Document,
            [
                new SignatureEvidence(
                    cms,
                    [
                        new Examination(
                            VerificationRecord.Of(verdict, policy, Received, asked),
                            [
                                .. verdict
                                    .Chain.Concat(verdict.TimestampChain)
                                    .DistinctBy(one => one.Thumbprint)
                                    .Select(one => one.Encoded.ToArray()),
                            ],
                            [.. evidence.OcspResponses.Select(one => one.ToArray())],
                            [.. evidence.Crls.Select(one => one.ToArray())]
                        ),
                    ]
                ),
            ]
        );
    }

    private static byte[] Bytes(EvidenceBundle bundle)
    {
        using var file = new MemoryStream();
        bundle.Write(file);
        return file.ToArray();
    }

    private (int Result, string Said) Run(byte[] bundle, string? trust = null)
    {
        var file = Path.Combine(folder, "bundle.zip");
        File.WriteAllBytes(file, bundle);
        using var said = new StringWriter();
        return (BundleVerification.Run(file, trust, said), said.ToString());
    }
}
