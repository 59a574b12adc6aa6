using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PedAtt.Documents.Trust;
using PedAtt.Eds;
using PedAtt.Testing;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>A good signature is taken; then each thing that can be wrong is refused with its own code.</summary>
public sealed class SignatureExaminerTests : IDisposable
{
    private static readonly TestAuthority Root = new("ТЕСТ НЕГІЗГІ ОРТАЛЫҚ");
    private static readonly TestAuthority Ca = new("ТЕСТ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ", Root);
    private static readonly X509Certificate2 Good = Ca.Issue();
    private static readonly byte[] Document = Encoding.UTF8.GetBytes("%PDF-1.7 өтініш");
    private static readonly ExpectedSigner Teacher = new(TestAuthority.Iin, null);
    private static readonly ExpectedSigner Official = new(TestAuthority.Iin, TestAuthority.Bin);

    private readonly string trust = Directory.CreateTempSubdirectory("pedatt-trust-").FullName;

    public SignatureExaminerTests()
    {
        Lay("root.cer", Root.Certificate.RawData);
        Lay("nca.cer", Encoding.ASCII.GetBytes(Ca.Certificate.ExportCertificatePem()));
    }

    public void Dispose() => Directory.Delete(trust, recursive: true);

    [Fact]
    public void A_teachers_signature_and_an_officials_are_good()
    {
        Assert.Null(Verdict(Cms.Sign(Document, Good)));
        foreach (
            var role in (string[])
                ["1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.1", "1.2.398.3.3.4.1.2.2", "1.2.398.3.3.4.1.2.5"]
        )
            Assert.Null(
                Verdict(
                    Cms.Sign(Document, Ca.Issue(bin: TestAuthority.Bin, usages: ["1.3.6.1.5.5.7.3.4", role])),
                    Official
                )
            );
    }

    [Fact]
    public void Without_signed_attributes_there_is_nothing_that_names_the_digest() =>
        Assert.Equal("malformed", Verdict(Cms.Sign(Document, new Cms.Options(WithAttributes: false), Good)));

    [Fact]
    public void It_is_taken_as_programs_write_it()
    {
        var cms = Cms.Sign(Document, Good);
        var pem =
            $"-----BEGIN CMS-----\n{Convert.ToBase64String(cms, Base64FormattingOptions.InsertLineBreaks)}\n-----END CMS-----\n";
        foreach (
            var text in (string[])
                [
                    Convert.ToBase64String(cms),
                    Convert.ToBase64String(cms, Base64FormattingOptions.InsertLineBreaks),
                    pem,
                    pem.ReplaceLineEndings("\r\n"),
                    pem.Replace("CMS", "PKCS7", StringComparison.Ordinal),
                    Convert.ToBase64String(Encoding.ASCII.GetBytes(pem)),
                    $"  {pem}\n\n",
                ]
        )
            Assert.Equal(cms, SignatureExaminer.DecodeText(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAA")]
    [InlineData("-----BEGIN CMS-----\n-----END CMS-----")]
    [InlineData("-----BEGIN CMS-----")]
    public void A_text_that_is_no_base64_is_malformed(string text) =>
        Assert.Equal("signature.malformed", Assert.Throws<Problem>(() => SignatureExaminer.DecodeText(text)).Code);

    [Fact]
    public void A_signature_that_carries_exactly_the_document_is_good_and_kept_without_it()
    {
        var rsa = Cms.Sign(Document, new Cms.Options(Attached: true), Good);
        Assert.Null(Verdict(rsa));
        Assert.Null(Verdict(SignatureExaminer.Kept(rsa)));
        Assert.Equal("invalid", Verdict(rsa, document: [.. Document, 1]));
        Assert.Equal([1, 2, 3], SignatureExaminer.Kept([1, 2, 3]));
    }

    [Fact]
    public void What_is_no_detached_signature_of_one_person_is_malformed()
    {
        var cms = Cms.Sign(Document, Good);
        Assert.Equal("malformed", Verdict(cms[..^1]));
        Assert.Equal("malformed", Verdict([.. cms, 0]));
        Assert.Equal("malformed", Verdict([.. cms, .. cms]));
        Assert.Equal("malformed", Verdict(Document));
        Assert.Equal("malformed", Verdict([0x30, 0x80]));
        Assert.Equal(
            "invalid",
            Verdict(Cms.Sign(Encoding.UTF8.GetBytes("бөтен"), new Cms.Options(Attached: true), Good))
        );
        Assert.Equal("malformed", Verdict(Cms.Sign(Document, Good, Ca.Issue())));
        Assert.Equal("malformed", Verdict(Cms.Sign(Document, new Cms.Options(WithCertificate: false), Good)));
        Assert.Equal(
            "malformed",
            Verdict(Cms.Sign(Document, new Cms.Options(ContentType: "1.2.840.113549.1.7.5"), Good))
        );
        Assert.Equal("malformed", Verdict(Good.RawData));
        Assert.Equal("malformed", Verdict(Nobody()));

        static byte[] Nobody()
        {
            var bag = new SignedCms(new ContentInfo(Document), detached: true);
            bag.ComputeSignature(new CmsSigner(Good) { IncludeOption = X509IncludeOption.EndCertOnly });
            bag.RemoveSignature(0);
            return bag.Encode();
        }
    }

    [Fact]
    public void Any_byte_changed_makes_it_another_refusal_and_never_a_crash()
    {
        var cms = Cms.Sign(Document, Good);
        var random = new Random(7);
        for (var i = 0; i < cms.Length; i += 5)
        {
            var changed = (byte[])cms.Clone();
            changed[i] ^= (byte)(1 << random.Next(8));
            // A certificate's own bytes are signed by its authority, all others by the person: only a bit that means
            // nothing may stay.
            if (Verdict(changed) is null)
                Assert.Equal(Convert.ToHexString(Identity(cms)), Convert.ToHexString(Identity(changed)));
        }

        static byte[] Identity(byte[] cms)
        {
            var signed = new SignedCms(new ContentInfo(Document), detached: true);
            signed.Decode(cms);
            return [.. signed.SignerInfos[0].Certificate!.RawData, .. signed.SignerInfos[0].GetSignature()];
        }
    }

    [Fact]
    public void Over_other_bytes_or_tampered_with_it_is_invalid()
    {
        Assert.Equal("invalid", Verdict(Cms.Sign(Encoding.UTF8.GetBytes("%PDF-1.7 басқа"), Good)));
        var cms = Cms.Sign(Document, Good);
        cms[^1] ^= 1;
        Assert.Equal("invalid", Verdict(cms));
    }

    [Fact]
    public void Weak_and_unknown_algorithms_are_refused_as_such()
    {
        using var small = RSA.Create(1024);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("algorithm", Verdict(Cms.Sign(Document, new Cms.Options(Digest: Cms.Sha1), Good)));
        Assert.Equal("algorithm", Verdict(Cms.Sign(Document, new Cms.Options(Digest: "2.16.840.1.101.3.4.2.3"), Good)));
        Assert.Equal("algorithm", Verdict(Cms.Sign(Document, new Cms.Options(Pss: true), Good)));
        Assert.Equal("algorithm", Verdict(Cms.Sign(Document, Ca.Issue(rsa: small))));
        Assert.Equal("algorithm", Verdict(Cms.Sign(Document, Ca.Issue(ecdsa: curve))));
        // The same name could have been put under another key by who can make two certificates with one SHA-1.
        Assert.Equal("algorithm", Verdict(Cms.Sign(Document, Ca.Issue(sha1: true))));
    }

    [Fact]
    public void Only_authorities_in_the_trust_folder_count()
    {
        var stranger = new TestAuthority("БӨТЕН");
        var namesake = new TestAuthority("ТЕСТ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ");
        Assert.Equal("untrusted", Verdict(Cms.Sign(Document, stranger.Issue())));
        Assert.Equal("untrusted", Verdict(Cms.Sign(Document, namesake.Issue())));
        // Neither does an authority that the signer brings along, nor one without its root.
        Assert.Equal("untrusted", Verdict(Cms.Sign(Document, new TestAuthority("ОРТА", stranger).Issue())));
        File.Delete(Path.Combine(trust, "root.cer"));
        Assert.Equal("untrusted", Verdict(Cms.Sign(Document, Good)));
        File.Delete(Path.Combine(trust, "nca.cer"));
        Assert.Equal("untrusted", Verdict(Cms.Sign(Document, Good)));
    }

    [Fact]
    public void An_authority_is_trusted_from_the_moment_it_lies_in_the_folder()
    {
        var later = new TestAuthority("КЕЙІН");
        var verifier = Verifier();
        var cms = Cms.Sign(Document, later.Issue());
        Assert.Equal("untrusted", Verdict(cms, verifier: verifier));
        Lay("LATER.CER", later.Certificate.RawData);
        Assert.Null(Verdict(cms, verifier: verifier));
    }

    [Fact]
    public void Before_and_after_its_time_a_certificate_signs_nothing()
    {
        Assert.Equal(
            "expired",
            Verdict(
                Cms.Sign(
                    Document,
                    Ca.Issue(from: TestAuthority.Now.AddYears(-1), until: TestAuthority.Now.AddMinutes(-1))
                )
            )
        );
        Assert.Equal("expired", Verdict(Cms.Sign(Document, Ca.Issue(from: TestAuthority.Now.AddMinutes(1)))));
        Assert.Null(
            Verdict(
                Cms.Sign(
                    Document,
                    Ca.Issue(from: TestAuthority.Now.AddMinutes(-1), until: TestAuthority.Now.AddMinutes(1))
                )
            )
        );
        var old = new TestAuthority("ЕСКІ", until: TestAuthority.Now.AddMinutes(-1));
        Lay("old.cer", old.Certificate.RawData);
        Assert.Equal(
            "expired",
            Verdict(
                Cms.Sign(
                    Document,
                    old.Issue(until: TestAuthority.Now.AddMinutes(-2), from: TestAuthority.Now.AddYears(-1))
                )
            )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_list_in_the_trust_folder_names_is_revoked(bool pem)
    {
        var lost = Ca.Issue();
        var verifier = Verifier();
        Assert.Null(Verdict(Cms.Sign(Document, lost), verifier: verifier));
        var list = Ca.RevocationList(Ca.Issue(), lost);
        Lay("nca.crl", pem ? Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", list)) : list);
        Assert.Equal("revoked", Verdict(Cms.Sign(Document, lost), verifier: verifier));
        Assert.Null(Verdict(Cms.Sign(Document, Good), verifier: verifier));
    }

    [Fact]
    public void A_list_counts_for_its_own_issuer_and_a_revoked_authority_takes_its_people_along()
    {
        var other = new TestAuthority("БАСҚА");
        Lay("other.cer", other.Certificate.RawData);
        var (ours, theirs) = (Ca.Issue(), other.Issue());
        var list = new CertificateRevocationListBuilder();
        list.AddEntry(ours.SerialNumberBytes.Span, TestAuthority.Now);
        list.AddEntry(theirs.SerialNumberBytes.Span, TestAuthority.Now);
        Lay(
            "other.crl",
            list.Build(
                other.Certificate,
                1,
                TestAuthority.Now.AddYears(1),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );
        Assert.Null(Verdict(Cms.Sign(Document, ours)));
        Assert.Equal("revoked", Verdict(Cms.Sign(Document, theirs)));

        Lay("root.crl", Root.RevocationList(Ca.Certificate));
        Assert.Equal("revoked", Verdict(Cms.Sign(Document, ours)));
    }

    [Fact]
    public void Another_persons_or_another_organisations_signature_is_the_wrong_signers()
    {
        Assert.Equal("wrong-signer", Verdict(Cms.Sign(Document, Ca.Issue(iin: "850615200013"))));
        Assert.Equal("wrong-signer", Verdict(Cms.Sign(Document, Ca.Issue(iin: null))));
        Assert.Equal("wrong-signer", Verdict(Cms.Sign(Document, Ca.Issue(iin: TestAuthority.Iin + "0"))));
        Assert.Equal("wrong-signer", Verdict(Cms.Sign(Document, Ca.Issue(bin: "220740000044")), Official));
        Assert.Equal("wrong-signer", Verdict(Cms.Sign(Document, Good), Official));
        Assert.Equal(
            "wrong-signer",
            Verdict(Cms.Sign(Document, Ca.Issue(iin: "850615200013", bin: TestAuthority.Bin)), Official)
        );
    }

    [Fact]
    public void A_key_for_signing_in_signs_no_document()
    {
        Assert.Equal(
            "wrong-usage",
            Verdict(Cms.Sign(Document, Ca.Issue(usages: ["1.3.6.1.5.5.7.3.2", "1.2.398.3.3.4.1.1"])))
        );
        Assert.Equal("wrong-usage", Verdict(Cms.Sign(Document, Ca.Issue(usages: []))));
        Assert.Equal(
            "wrong-usage",
            Verdict(
                Cms.Sign(
                    Document,
                    Ca.Issue(keyUsage: X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment)
                )
            )
        );
    }

    [Fact]
    public void The_attribute_that_names_the_certificate_must_name_this_one()
    {
        Assert.Null(Verdict(WithCertificateNamed(SHA256.HashData(Good.RawData))));
        Assert.Equal("invalid", Verdict(WithCertificateNamed(SHA256.HashData(Ca.Certificate.RawData))));

        static byte[] WithCertificateNamed(byte[] hash)
        {
            var value = new AsnWriter(AsnEncodingRules.DER);
            using (value.PushSequence())
            using (value.PushSequence())
            using (value.PushSequence())
                value.WriteOctetString(hash);
            var cms = new SignedCms(new ContentInfo(Document), detached: true);
            var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, Good)
            {
                IncludeOption = X509IncludeOption.EndCertOnly,
                DigestAlgorithm = new Oid(Cms.Sha256),
            };
            signer.SignedAttributes.Add(new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), value.Encode()));
            cms.ComputeSignature(signer);
            return cms.Encode();
        }
    }

    [Fact]
    public void What_cannot_be_read_in_the_trust_folder_counts_for_nothing()
    {
        Lay("broken.cer", [1, 2, 3]);
        Lay("broken.crl", [1, 2, 3]);
        Lay("readme.txt", [1, 2, 3]);
        Assert.Null(Verdict(Cms.Sign(Document, Good)));
    }

    [Fact]
    public void A_GOST_signature_goes_the_same_way_as_an_RSA_one()
    {
        var gost = Gost.TestAuthority.Gost;
        Lay("gost-root.cer", gost.Root.Encoded);
        Lay("gost-nca.cer", gost.Issuing.Encoded);
        var (person, official) = (
            new ExpectedSigner(Gost.TestAuthority.Iin, null),
            new ExpectedSigner(Gost.TestAuthority.Iin, Gost.TestAuthority.Bin)
        );
        var byPerson = new Gost.TestSignature { Signer = gost.Person, Content = Document };
        var byOfficial = new Gost.TestSignature { Signer = gost.Official, Content = Document };

        Assert.Null(Verdict(byPerson.Encode(), person));
        Assert.Null(Verdict(byOfficial.Encode(), official));
        Assert.Equal("wrong-signer", Verdict(byPerson.Encode(), Teacher));
        Assert.Equal("wrong-signer", Verdict(byPerson.Encode(), official));
        Assert.Equal("invalid", Verdict((byPerson with { Content = [1] }).Encode(), person));
        Assert.Equal("invalid", Verdict((byPerson with { BreakSignature = true }).Encode(), person));
        Assert.Equal("algorithm", Verdict((byPerson with { DigestOid = "1.2.398.3.10.1.3.1" }).Encode(), person));
        Assert.Null(Verdict((byPerson with { Attached = true }).Encode(), person));
        Assert.Equal("malformed", Verdict((byPerson with { Signers = 2 }).Encode(), person));
        Lay("gost.crl", Gost.TestAuthority.Crl(gost.Issuing, gost.Person.SerialNumber));
        Assert.Equal("revoked", Verdict(byPerson.Encode(), person));
        Assert.Null(Verdict(byOfficial.Encode(), official));
    }

    [Fact]
    public void An_officials_certificate_gives_a_role_in_an_organisation() =>
        Assert.Equal("wrong-usage", Verdict(Cms.Sign(Document, Ca.Issue(bin: TestAuthority.Bin)), Official));

    [Fact]
    public void Every_check_has_its_word_in_the_contract()
    {
        foreach (var check in Checks.All)
        {
            var alone = new Verdict(
                [new(check, CheckOutcome.Failed, "some.reason", "why")],
                null,
                null,
                false,
                null,
                [],
                null,
                "2"
            );
            Assert.StartsWith("signature.", RefusalCodes.Of(alone), StringComparison.Ordinal);
        }
        Assert.Equal(
            "signature.malformed",
            RefusalCodes.Of(new([new(Checks.Chain, CheckOutcome.NotReached)], null, null, false, null, [], null, "2"))
        );
        Assert.Null(
            RefusalCodes.Of(new([new(Checks.Chain, CheckOutcome.Passed)], null, null, false, null, [], null, "2"))
        );
        Assert.Null(
            RefusalCodes.Of(new([new(Checks.Revocation, CheckOutcome.Waiting)], null, null, false, null, [], null, "2"))
        );
    }

    [Fact]
    public void Signatures_of_the_national_authoritys_test_keys_are_refused_for_their_reasons()
    {
        var samples = Path.Combine(TestServers.Root, "..", "shared", "eds-samples");
        Assert.SkipUnless(Directory.Exists(samples), "The samples are not ours to keep here.");
        byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(samples, name));
        foreach (
            var certificate in Directory
                .GetFiles(samples, "ncanode-nca_*.crt")
                .Concat(Directory.GetFiles(samples, "ncanode-nca_*.cer"))
        )
            File.Copy(certificate, Path.Combine(trust, Path.GetFileName(certificate)));
        foreach (var list in Directory.GetFiles(samples, "*.crl"))
            File.Copy(list, Path.Combine(trust, Path.GetFileName(list)));
        foreach (
            var attached in (string[])
                [
                    "ncanode-rsa-attached-test123.cms",
                    "ncanode-rsa-attached-lol_kek.cms",
                    "ncanode-gost2015_512+rsa-attached-test123.cms",
                ]
        )
            Assert.NotNull(Verdict(Sample(attached), document: Sample("test123.txt")));
        // Two signers, one of them by GOST.
        Assert.Equal(
            "malformed",
            Verdict(Sample("ncanode-gost2015_512+rsa-detached-test123.cms"), document: Sample("test123.txt"))
        );
    }

    private static string? Reason(Problem refused)
    {
        Assert.Equal(422, refused.Status);
        Assert.StartsWith("signature.", refused.Code, StringComparison.Ordinal);
        return refused.Code["signature.".Length..];
    }

    private SignatureExaminer Verifier() => Examiner.Over(trust, new At(TestAuthority.Now));

    private string? Verdict(
        byte[] cms,
        ExpectedSigner? expected = null,
        SignatureExaminer? verifier = null,
        byte[]? document = null
    )
    {
        try
        {
            var examining = (verifier ?? Verifier()).RequireAsync(
                Guid.CreateVersion7(),
                document ?? Document,
                cms,
                expected ?? Teacher,
                TestContext.Current.CancellationToken
            );
            // Nobody is asked here, so that there is nothing to wait for.
            Assert.True(examining.IsCompleted);
            Assert.Equal(SignatureVerdict.Valid, examining.GetAwaiter().GetResult().Verdict);
            return null;
        }
        catch (Problem refused)
        {
            return Reason(refused);
        }
    }

    private void Lay(string name, byte[] content) => File.WriteAllBytes(Path.Combine(trust, name), content);
}
