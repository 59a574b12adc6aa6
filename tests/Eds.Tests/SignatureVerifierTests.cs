using System.Numerics;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Cms;
using PedAtt.Eds.Revocation;
using PedAtt.Eds.Tests.Authority;

namespace PedAtt.Eds.Tests;

/// <summary>A good signature passes every check; then each check fails alone.</summary>
public class SignatureVerifierTests
{
    private static readonly TestAuthority Ca = TestAuthority.Gost;
    private static readonly SignaturePolicy Policy = new() { Iin = TestAuthority.Iin };

    private static TestSignature Good => new() { Signer = Ca.Person };

    public static TheoryData<string> Kinds => ["gost", "rsa"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_good_signature_is_valid_and_names_its_signer(string kind)
    {
        var ca = kind == "gost" ? TestAuthority.Gost : TestAuthority.Rsa;
        var stamped = TestAuthority.Now.AddMinutes(-2);
        var cms = new TestSignature
        {
            Signer = ca.Person,
            Timestamp = s => TestSignature.Stamp(ca, s, stamped),
        }.Encode();

        var verdict = Verify(cms, Policy, ca.AllGood(), ca.Trust);

        Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
        Assert.All(
            verdict.Checks.Where(check => check.Name is not (Checks.Bin or Checks.Role)),
            check => Assert.Equal(CheckOutcome.Passed, check.Outcome)
        );
        Assert.Equal(Checks.All, verdict.Checks.Select(check => check.Name));
        Assert.Equal(stamped, verdict.SignedAt);
        Assert.True(verdict.IsStamped);
        Assert.Equal(TestAuthority.Now.AddMinutes(-3), verdict.ClaimedAt);
        Assert.Equal(
            (TestAuthority.Iin, null, "СЫНАҚОВА", "АЙГҮЛ", "СЫНАҚҚЫЗЫ"),
            (
                verdict.Signer!.Iin,
                verdict.Signer.Bin,
                verdict.Signer.Surname,
                verdict.Signer.FirstName,
                verdict.Signer.Patronymic
            )
        );
        Assert.Equal(3, verdict.Chain.Count);
    }

    [Fact]
    public void An_official_signs_for_an_organisation()
    {
        var policy = Policy with { Bin = TestAuthority.Bin, Roles = [Oids.FirstHead, Oids.RightToSign] };

        var verdict = Verify(new TestSignature { Signer = Ca.Official }.Encode(), policy, Ca.AllGood(Ca.Official));

        Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
        Assert.Equal(TestAuthority.Bin, verdict.Signer!.Bin);
    }

    [Fact]
    public void The_servers_time_counts_where_there_is_no_stamp()
    {
        var verdict = Verify(Good.Encode(), Policy);

        Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
        Assert.Equal(TestAuthority.Now, verdict.SignedAt);
        Assert.False(verdict.IsStamped);
    }

    [Fact]
    public void Attributes_in_BER_are_judged_by_their_DER_form()
    {
        var cms = (Good with { InBer = true }).Encode();
        Assert.Equal(0x80, cms[1]);

        var verdict = Verify(cms, Policy);

        Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("base64")]
    public void Armour_is_taken_off(string armour)
    {
        var base64 = Convert.ToBase64String(Good.Encode(), Base64FormattingOptions.InsertLineBreaks);
        var text = armour == "pem" ? $"-----BEGIN CMS-----\r\n{base64}\r\n-----END CMS-----\r\n" : base64;

        Assert.True(Verify(System.Text.Encoding.ASCII.GetBytes(text), Policy).IsValid);
    }

    [Fact]
    public void An_attached_signature_is_valid_only_where_the_policy_takes_it_and_the_document_is_the_same()
    {
        var attached = Good with { Attached = true };

        Assert.True(Verify(attached.Encode(), Policy with { AcceptAttached = true }).IsValid);
        FailsAlone(Checks.Document, Refusals.ContentAttached, Verify(attached.Encode(), Policy));
        FailsAlone(
            Checks.Document,
            Refusals.ContentAttached,
            Verify((attached with { AttachedContent = [1, 2, 3] }).Encode(), Policy with { AcceptAttached = true })
        );
    }

    /// <summary>As OpenSSL streams it: indefinite lengths, the document inside.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_the_document_that_it_carries_a_signature_is_as_good_as_before(bool inBer)
    {
        var attached = (Good with { Attached = true, InBer = inBer }).Encode();

        var detached = SignedData.Detach(attached);

        Assert.True(detached.Length < attached.Length);
        Assert.NotEqual(0x80, detached[1]);
        Assert.True(Verify(detached, Policy).IsValid);
        Assert.Equal(detached, SignedData.Detach(detached));
    }

    // ---- the CMS

    [Fact]
    public void Bytes_behind_the_CMS_fail_alone() =>
        FailsAlone(Checks.Encoding, Refusals.Malformed, Verify([.. Good.Encode(), 0], Policy));

    [Fact]
    public void A_CMS_too_large_fails_alone() =>
        FailsAlone(Checks.Encoding, Refusals.TooLarge, Verify(new byte[SignatureVerifier.LargestCms + 1], Policy));

    [Fact]
    public void Signed_data_of_another_type_fails_alone() =>
        FailsAlone(
            Checks.Encoding,
            Refusals.ContentType,
            Verify([0x30, 0x0F, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1, 0xA0, 2, 4, 0], Policy)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Not_one_signer_fails_alone(int signers) =>
        FailsAlone(Checks.OneSigner, Refusals.SignerCount, Verify((Good with { Signers = signers }).Encode(), Policy));

    [Fact]
    public void Another_content_type_fails_alone() =>
        FailsAlone(
            Checks.ContentType,
            Refusals.ContentType,
            Verify((Good with { ContentType = "1.2.840.113549.1.7.5" }).Encode(), Policy)
        );

    [Fact]
    public void A_content_type_that_was_not_signed_fails_alone() =>
        FailsAlone(
            Checks.ContentType,
            Refusals.ContentType,
            Verify((Good with { SignedContentType = Oids.TimestampInfo }).Encode(), Policy)
        );

    [Theory]
    [InlineData(Oids.Gost311Digest, Refusals.LegacyAlgorithm)]
    [InlineData(Oids.Streebog256, Refusals.Gost256)]
    [InlineData(Oids.Sha256, Refusals.AlgorithmMismatch)]
    [InlineData(Oids.Sha1, Refusals.UnknownAlgorithm)]
    public void A_digest_that_is_not_accepted_is_refused_by_its_name(string digest, string code)
    {
        var verdict = Verify((Good with { DigestOid = digest }).Encode(), Policy);

        Assert.Equal(VerdictResult.Invalid, verdict.Result);
        Assert.Equal(
            (CheckOutcome.Failed, code),
            (verdict[Checks.Algorithms].Outcome, verdict[Checks.Algorithms].Code)
        );
        // Without an algorithm there is nothing to compare the document and the signature by.
        Assert.Equal([Checks.Algorithms, Checks.Document, Checks.Signature], Failed(verdict));
        Assert.All([Checks.Document, Checks.Signature], name => Assert.Equal(code, verdict[name].Code));
    }

    [Fact]
    public void A_signed_attribute_that_is_not_understood_fails_alone() =>
        FailsAlone(
            Checks.SignedAttributes,
            Refusals.AttributeUnknown,
            Verify((Good with { OtherAttribute = "1.2.840.113549.1.9.16.2.15" }).Encode(), Policy)
        );

    [Fact]
    public void Two_message_digests_are_refused()
    {
        var verdict = Verify((Good with { TwiceMessageDigest = true }).Encode(), Policy);

        Assert.Equal(VerdictResult.Invalid, verdict.Result);
        Assert.Equal(Refusals.AttributeRepeated, verdict[Checks.SignedAttributes].Code);
    }

    [Fact]
    public void No_message_digest_fails_the_document_alone() =>
        FailsAlone(
            Checks.Document,
            Refusals.AttributeMissing,
            Verify((Good with { WithMessageDigest = false }).Encode(), Policy)
        );

    [Fact]
    public void No_signed_attributes_at_all_is_refused()
    {
        var verdict = Verify((Good with { WithAttributes = false }).Encode(), Policy);

        Assert.Equal(VerdictResult.Invalid, verdict.Result);
        Assert.Equal(Refusals.AttributeMissing, verdict[Checks.SignedAttributes].Code);
    }

    [Fact]
    public void Another_document_fails_alone()
    {
        byte[] document = [.. TestSignature.Document, (byte)' '];

        FailsAlone(
            Checks.Document,
            Refusals.DocumentChanged,
            SignatureVerifier.Verify(document, Good.Encode(), Ca.Trust, Policy, TestAuthority.Now, Ca.AllGood())
        );
    }

    [Fact]
    public void A_CMS_without_the_signers_certificate_fails_alone() =>
        FailsAlone(
            Checks.SignerCertificate,
            Refusals.SignerCertificateMissing,
            Verify((Good with { Certificates = [Ca.Official.Encoded] }).Encode(), Policy)
        );

    [Fact]
    public void Two_certificates_of_one_name_and_number_fail_alone()
    {
        var twin = Ca.Issue(Ca.PersonTemplate() with { Key = TestKey.Gost("twin") });

        FailsAlone(
            Checks.SignerCertificate,
            Refusals.SignerCertificateMissing,
            Verify((Good with { Certificates = [Ca.Person.Encoded, twin.Encoded] }).Encode(), Policy)
        );
    }

    [Fact]
    public void The_name_of_another_certificate_fails_alone() =>
        FailsAlone(
            Checks.SigningCertificate,
            Refusals.SigningCertificate,
            Verify((Good with { NamedCertificate = Ca.Official }).Encode(), Policy)
        );

    [Fact]
    public void The_hash_of_another_certificate_fails_alone() =>
        FailsAlone(
            Checks.SigningCertificate,
            Refusals.SigningCertificate,
            Verify((Good with { NamedHash = new byte[64] }).Encode(), Policy)
        );

    [Fact]
    public void No_name_of_a_certificate_is_no_failure() =>
        Assert.True(Verify((Good with { NamesCertificate = false }).Encode(), Policy).IsValid);

    [Fact]
    public void A_broken_signature_fails_alone() =>
        FailsAlone(
            Checks.Signature,
            Refusals.SignatureWrong,
            Verify((Good with { BreakSignature = true }).Encode(), Policy)
        );

    [Fact]
    public void The_signature_of_another_key_fails_alone() =>
        FailsAlone(
            Checks.Signature,
            Refusals.SignatureWrong,
            Verify((Good with { SignedBy = Ca.Official.Key }).Encode(), Policy)
        );

    // ---- the time stamp

    [Fact]
    public void A_missing_time_stamp_fails_alone_where_one_is_required() =>
        FailsAlone(
            Checks.Timestamp,
            Refusals.TimestampMissing,
            Verify(Good.Encode(), Policy with { Timestamp = TimestampRule.Required })
        );

    public static TheoryData<string, string> BrokenStamps =>
        new()
        {
            { "other", Refusals.TimestampOther },
            { "future", Refusals.TimestampFuture },
            { "two", Refusals.TimestampRepeated },
            { "two-signers", Refusals.SignerCount },
            { "changed", Refusals.DocumentChanged },
            { "signature", Refusals.SignatureWrong },
            { "not-named", Refusals.AttributeMissing },
            { "named-other", Refusals.SigningCertificate },
            { "not-for-time", Refusals.TimestampAuthority },
            { "expired", Refusals.Expired },
            { "self-made", Refusals.IssuerUnknown },
            { "critical", Refusals.Malformed },
            { "other-type", Refusals.ContentType },
            { "garbage", Refusals.Malformed },
            { "revoked", Refusals.TimestampAuthority },
        };

    [Theory]
    [MemberData(nameof(BrokenStamps))]
    public void A_broken_time_stamp_fails_alone(string how, string code)
    {
        var evidence =
            how == "revoked"
                ? Ca.AllGood() with
                {
                    Crls =
                    [
                        TestAuthority.Crl(Ca.Issuing, Ca.Stamping.SerialNumber, cause: 1),
                        TestAuthority.Crl(Ca.Root),
                    ],
                }
                : Ca.AllGood();
        var cms = (Good with { Timestamp = s => Broken(how, s), Timestamps = how == "two" ? 2 : 1 }).Encode();

        FailsAlone(Checks.Timestamp, code, Verify(cms, Policy, evidence));

        var lenient = Verify(cms, Policy with { Timestamp = TimestampRule.IgnoredIfBroken }, evidence);
        Assert.True(lenient.IsValid, lenient.Refusal?.ToString());
        Assert.Equal((TestAuthority.Now, false), (lenient.SignedAt, lenient.IsStamped));
    }

    [Fact]
    public void An_expired_certificate_is_good_for_a_signature_stamped_before()
    {
        var expired = Ca.Issue(
            Ca.PersonTemplate() with
            {
                SerialNumber = 20,
                NotAfter = TestAuthority.Now.AddDays(-1),
            }
        );
        var before = TestAuthority.Now.AddDays(-2);
        var cms = new TestSignature { Signer = expired, Timestamp = s => TestSignature.Stamp(Ca, s, before) }.Encode();

        Assert.True(Verify(cms, Policy, Ca.AllGood(expired)).IsValid);
        FailsAlone(
            Checks.Validity,
            Refusals.Expired,
            Verify(new TestSignature { Signer = expired }.Encode(), Policy, Ca.AllGood(expired))
        );
    }

    // ---- the chain

    [Fact]
    public void An_unknown_authority_fails_alone() =>
        FailsAlone(
            Checks.Chain,
            Refusals.IssuerUnknown,
            Verify(Good.Encode(), Policy, trust: new TrustAnchors([TestAuthority.Rsa.Root.Certificate]))
        );

    [Fact]
    public void A_certificate_that_the_authority_did_not_sign_fails_alone()
    {
        var impostor = new TestCertificate(
            Ca.AuthorityTemplate("impostor", "СЫНАҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ") with
            {
                WithKeyIdentifiers = false,
            },
            null
        );
        var forged = new TestCertificate(Ca.PersonTemplate() with { WithKeyIdentifiers = false }, impostor);

        FailsAlone(
            Checks.Chain,
            Refusals.IssuerSignature,
            Verify(new TestSignature { Signer = forged }.Encode(), Policy)
        );
    }

    [Fact]
    public void Authorities_that_the_signer_brings_lead_to_an_anchor_but_are_none()
    {
        var rootOnly = new TrustAnchors([Ca.Root.Certificate]);
        byte[][] brought = [Ca.Person.Encoded, Ca.Issuing.Encoded, Ca.Root.Encoded];

        Assert.True(Verify((Good with { Certificates = brought }).Encode(), Policy, trust: rootOnly).IsValid);
        FailsAlone(
            Checks.Chain,
            Refusals.IssuerUnknown,
            Verify((Good with { Certificates = brought }).Encode(), Policy, trust: new TrustAnchors([]))
        );
    }

    [Fact]
    public void A_person_is_no_authority()
    {
        var under = new TestCertificate(
            Ca.PersonTemplate() with
            {
                SerialNumber = 30,
                Key = TestKey.Gost("under"),
            },
            Ca.Person
        );
        var signature = new TestSignature { Signer = under, Certificates = [under.Encoded, Ca.Person.Encoded] };
        var evidence = new RevocationEvidence(
            [Ca.Ocsp(under, issuer: Ca.Person, responder: Ca.Person), Ca.Ocsp(Ca.Person)],
            [TestAuthority.Crl(Ca.Root)]
        );

        FailsAlone(Checks.Authorities, Refusals.NotAnAuthority, Verify(signature.Encode(), Policy, evidence));
    }

    [Fact]
    public void More_authorities_than_the_path_length_allows_fail_alone()
    {
        var third = new TestCertificate(Ca.AuthorityTemplate("third", "ҮШІНШІ") with { SerialNumber = 31 }, Ca.Issuing);
        var under = new TestCertificate(Ca.PersonTemplate(), third);
        var signature = new TestSignature { Signer = under, Certificates = [under.Encoded, third.Encoded] };
        var evidence = new RevocationEvidence(
            [],
            [TestAuthority.Crl(third), TestAuthority.Crl(Ca.Issuing), TestAuthority.Crl(Ca.Root)]
        );

        FailsAlone(Checks.Authorities, Refusals.PathTooLong, Verify(signature.Encode(), Policy, evidence));
    }

    [Theory]
    [InlineData(KeyUsages.CrlSign, null, Refusals.NotAnAuthority)]
    [InlineData(KeyUsages.KeyCertSign | KeyUsages.CrlSign, "2.5.29.30", Refusals.UnknownExtension)]
    public void An_authority_that_may_not_issue_fails_alone(KeyUsages usage, string? extension, string code)
    {
        var authority = new TestCertificate(
            Ca.AuthorityTemplate("odd", "ОҒАШ") with
            {
                SerialNumber = 32,
                KeyUsage = usage,
                CriticalExtension = extension,
            },
            Ca.Root
        );
        var under = new TestCertificate(Ca.PersonTemplate(), authority);
        var signature = new TestSignature { Signer = under, Certificates = [under.Encoded, authority.Encoded] };
        var evidence = new RevocationEvidence([], [TestAuthority.Crl(authority), TestAuthority.Crl(Ca.Root)]);

        FailsAlone(Checks.Authorities, code, Verify(signature.Encode(), Policy, evidence));
    }

    [Fact]
    public void An_expired_authority_fails_alone()
    {
        var authority = new TestCertificate(
            Ca.AuthorityTemplate("late", "КЕШ") with
            {
                SerialNumber = 33,
                NotAfter = TestAuthority.Now.AddDays(-1),
            },
            Ca.Root
        );
        var under = new TestCertificate(Ca.PersonTemplate(), authority);
        var signature = new TestSignature { Signer = under, Certificates = [under.Encoded, authority.Encoded] };
        var evidence = new RevocationEvidence([], [TestAuthority.Crl(authority), TestAuthority.Crl(Ca.Root)]);

        FailsAlone(Checks.AuthoritiesValidity, Refusals.Expired, Verify(signature.Encode(), Policy, evidence));
    }

    // ---- the certificate

    [Fact]
    public void A_certificate_not_valid_yet_fails_alone() =>
        ChangedCertificateFailsAlone(
            Checks.Validity,
            Refusals.NotYetValid,
            template => template with { NotBefore = TestAuthority.Now.AddDays(1) }
        );

    [Fact]
    public void An_expired_certificate_fails_alone() =>
        ChangedCertificateFailsAlone(
            Checks.Validity,
            Refusals.Expired,
            template => template with { NotAfter = TestAuthority.Now.AddSeconds(-1) }
        );

    [Fact]
    public void An_unknown_critical_extension_fails_alone() =>
        ChangedCertificateFailsAlone(
            Checks.Extensions,
            Refusals.UnknownExtension,
            template => template with { CriticalExtension = "1.2.3.4" }
        );

    [Theory]
    [InlineData(KeyUsages.DigitalSignature)]
    [InlineData(null)]
    public void A_key_that_is_not_for_signatures_that_bind_fails_alone(KeyUsages? usage) =>
        ChangedCertificateFailsAlone(
            Checks.KeyUsage,
            Refusals.KeyUsage,
            template => template with { KeyUsage = usage }
        );

    [Fact]
    public void A_key_for_authentication_only_fails_alone() =>
        ChangedCertificateFailsAlone(
            Checks.Purpose,
            Refusals.Purpose,
            template => template with { Purposes = [Oids.ClientAuthentication, Oids.Individual] }
        );

    [Theory]
    [InlineData("IIN850615200013", Refusals.IinOther)]
    [InlineData("IIN850615100018", Refusals.IinInvalid)]
    [InlineData("IIN850615300050", Refusals.IinInvalid)]
    [InlineData("IIN85061510001", Refusals.IinInvalid)]
    [InlineData("850615100017", Refusals.IinMissing)]
    public void Another_or_no_IIN_fails_alone(string serialNumber, string code) =>
        ChangedCertificateFailsAlone(
            Checks.Iin,
            code,
            template =>
                template with
                {
                    Subject =
                    [
                        (Oids.CommonName, "СЫНАҚОВА АЙГҮЛ"),
                        (Oids.SerialNumber, serialNumber),
                        (Oids.Country, "KZ"),
                    ],
                }
        );

    [Fact]
    public void Two_IINs_fail_alone() =>
        ChangedCertificateFailsAlone(
            Checks.Iin,
            Refusals.Malformed,
            template => template with { Subject = [.. template.Subject, (Oids.SerialNumber, "IIN850615200013")] }
        );

    [Fact]
    public void A_person_fails_alone_where_an_organisation_is_asked_for()
    {
        var policy = Policy with { Bin = TestAuthority.Bin };

        FailsAlone(Checks.Bin, Refusals.BinMissing, Verify(Good.Encode(), policy));
        FailsAlone(
            Checks.Bin,
            Refusals.BinOther,
            Verify(
                new TestSignature { Signer = Ca.Official }.Encode(),
                Policy with
                {
                    Bin = "990940003030",
                },
                Ca.AllGood(Ca.Official)
            )
        );
    }

    [Fact]
    public void Two_organisations_fail_alone() =>
        ChangedCertificateFailsAlone(
            Checks.Bin,
            Refusals.BinInvalid,
            template =>
                template with
                {
                    Subject =
                    [
                        .. template.Subject,
                        (Oids.OrganisationalUnit, "BIN" + TestAuthority.Bin),
                        (Oids.OrganisationalUnit, "BIN990940003030"),
                    ],
                }
        );

    [Fact]
    public void An_official_without_the_role_fails_alone() =>
        FailsAlone(
            Checks.Role,
            Refusals.Role,
            Verify(
                new TestSignature { Signer = Ca.Official }.Encode(),
                Policy with
                {
                    Roles = [Oids.FirstHead],
                },
                Ca.AllGood(Ca.Official)
            )
        );

    // ---- who asks again later

    [Fact]
    public void Asked_again_a_signature_is_judged_by_the_time_it_was_received()
    {
        var (received, later) = (TestAuthority.Now, TestAuthority.Now.AddYears(1));
        var crls = new[] { TestAuthority.Crl(Ca.Root, thisUpdate: later.AddHours(-1), nextUpdate: later.AddDays(1)) };
        Verdict Again(byte[] ocsp) =>
            SignatureVerifier.Verify(
                TestSignature.Document,
                Good.Encode(),
                Ca.Trust,
                Policy,
                later,
                new RevocationEvidence([ocsp], [.. crls]),
                received
            );

        // The certificate has expired meanwhile, and the answers are of today.
        var good = Again(Ca.Ocsp(Ca.Person, thisUpdate: later));
        Assert.True(good.IsValid, good.Refusal?.ToString());
        Assert.Equal(received, good.SignedAt);
        Assert.True(Again(Ca.Ocsp(Ca.Person, received.AddMinutes(1), thisUpdate: later)).IsValid);
        FailsAlone(
            Checks.Revocation,
            Refusals.Revoked,
            Again(Ca.Ocsp(Ca.Person, received.AddMinutes(-1), thisUpdate: later))
        );
    }

    [Fact]
    public void What_a_mail_program_can_decrypt_is_of_no_meaning() =>
        Assert.True(Verify((Good with { OtherAttribute = Oids.SmimeCapabilitiesAttribute }).Encode(), Policy).IsValid);

    // ---- revocation

    [Fact]
    public void A_revoked_certificate_fails_alone()
    {
        var revokedAt = TestAuthority.Now.AddDays(-1);
        FailsAlone(
            Checks.Revocation,
            Refusals.Revoked,
            Verify(Good.Encode(), Policy, Ca.AllGood() with { OcspResponses = [Ca.Ocsp(Ca.Person, revokedAt, 1)] })
        );
        FailsAlone(
            Checks.Revocation,
            Refusals.Revoked,
            Verify(
                Good.Encode(),
                Policy,
                new([], [TestAuthority.Crl(Ca.Issuing, Ca.Person.SerialNumber), TestAuthority.Crl(Ca.Root)])
            )
        );
        // One bad word outweighs a good one, and an old bad word is as bad.
        FailsAlone(
            Checks.Revocation,
            Refusals.Revoked,
            Verify(
                Good.Encode(),
                Policy,
                new(
                    [Ca.Ocsp(Ca.Person)],
                    [
                        TestAuthority.Crl(
                            Ca.Issuing,
                            Ca.Person.SerialNumber,
                            nextUpdate: TestAuthority.Now.AddDays(-1)
                        ),
                        TestAuthority.Crl(Ca.Root),
                    ]
                )
            )
        );
    }

    [Fact]
    public void Only_a_stamp_saves_a_signature_from_a_later_revocation()
    {
        var stamped = (
            Good with
            {
                Timestamp = s => TestSignature.Stamp(Ca, s, TestAuthority.Now.AddDays(-3)),
            }
        ).Encode();
        var later = Ca.AllGood() with { OcspResponses = [Ca.Ocsp(Ca.Person, TestAuthority.Now.AddDays(-2), 1)] };
        var before = Ca.AllGood() with { OcspResponses = [Ca.Ocsp(Ca.Person, TestAuthority.Now.AddDays(-4), 1)] };

        var verdict = Verify(stamped, Policy, later);
        Assert.True(verdict.IsValid, verdict.Refusal?.ToString());
        Assert.Equal(RevocationStatus.Revoked, verdict.Revocation!.Status);
        FailsAlone(Checks.Revocation, Refusals.Revoked, Verify(Good.Encode(), Policy, later));
        FailsAlone(Checks.Revocation, Refusals.Revoked, Verify(stamped, Policy, before));
    }

    public static TheoryData<string> NoAnswers =>
        [
            "nothing",
            "unknown",
            "stale-ocsp",
            "future-ocsp",
            "ocsp-of-another",
            "ocsp-of-another-issuer",
            "no-responder-certificate",
            "responder-without-right",
            "responder-of-another",
            "wrong-nonce",
            "stale-crl",
            "future-crl",
            "crl-of-another",
            "crl-wrong-key",
            "partial-crl",
            "delta-crl",
            "garbage",
        ];

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public void What_does_not_hold_is_no_answer_and_the_policy_says_what_then(string what)
    {
        var evidence = NoAnswer(what);

        var waits = Verify(Good.Encode(), Policy, evidence);
        Assert.Equal(VerdictResult.Waiting, waits.Result);
        Assert.Equal(CheckOutcome.Waiting, waits[Checks.Revocation].Outcome);
        Assert.Equal(
            [Checks.Revocation],
            waits.Checks.Where(c => c.Outcome == CheckOutcome.Waiting).Select(c => c.Name)
        );
        Assert.Equal(RevocationStatus.Unavailable, waits.Revocation!.Status);

        FailsAlone(
            Checks.Revocation,
            Refusals.RevocationUnknown,
            Verify(Good.Encode(), Policy with { WhenRevocationUnavailable = UnavailableRule.Refuses }, evidence)
        );
        Assert.True(
            Verify(Good.Encode(), Policy with { WhenRevocationUnavailable = UnavailableRule.Accepts }, evidence).IsValid
        );
    }

    [Theory]
    [InlineData("issuer-answers")]
    [InlineData("crl-only")]
    [InlineData("ocsp-until-tomorrow")]
    [InlineData("right-nonce")]
    public void What_holds_is_an_answer(string what)
    {
        var root = TestAuthority.Crl(Ca.Root);
        var evidence = what switch
        {
            "issuer-answers" => new RevocationEvidence(
                [Ca.Ocsp(Ca.Person, responder: Ca.Issuing, withCertificate: false)],
                [root]
            ),
            "crl-only" => new RevocationEvidence([], [root, TestAuthority.Crl(Ca.Issuing)]),
            "right-nonce" => new RevocationEvidence([Ca.Ocsp(Ca.Person, nonce: [9, 9])], [root], new byte[] { 9, 9 }),
            _ => new RevocationEvidence(
                [
                    Ca.Ocsp(
                        Ca.Person,
                        thisUpdate: TestAuthority.Now.AddHours(-5),
                        nextUpdate: TestAuthority.Now.AddDays(1)
                    ),
                ],
                [root]
            ),
        };

        var verdict = Verify(Good.Encode(), Policy, evidence);

        Assert.True(verdict.IsValid, verdict.Checks.First(c => c.Outcome != CheckOutcome.Passed).ToString());
    }

    [Fact]
    public void A_revoked_authority_fails_alone() =>
        FailsAlone(
            Checks.AuthoritiesRevocation,
            Refusals.Revoked,
            Verify(
                Good.Encode(),
                Policy,
                new(
                    [Ca.Ocsp(Ca.Person)],
                    [TestAuthority.Crl(Ca.Issuing), TestAuthority.Crl(Ca.Root, Ca.Issuing.SerialNumber)]
                )
            )
        );

    [Fact]
    public void An_authority_nobody_answers_for_waits_unless_it_is_pinned()
    {
        var evidence = new RevocationEvidence([Ca.Ocsp(Ca.Person)], []);

        Assert.Equal(VerdictResult.Waiting, Verify(Good.Encode(), Policy, evidence).Result);
        Assert.True(
            Verify(
                Good.Encode(),
                Policy,
                evidence,
                new TrustAnchors([Ca.Issuing.Certificate, Ca.Root.Certificate])
            ).IsValid
        );
    }

    private static RevocationEvidence NoAnswer(string what)
    {
        var root = TestAuthority.Crl(Ca.Root);
        var now = TestAuthority.Now;
        return what switch
        {
            "nothing" => new([], [root]),
            "unknown" => new([Ca.Ocsp(Ca.Person, unknown: true)], [root]),
            "stale-ocsp" => new([Ca.Ocsp(Ca.Person, thisUpdate: now.AddHours(-2))], [root]),
            "future-ocsp" => new([Ca.Ocsp(Ca.Person, thisUpdate: now.AddHours(1))], [root]),
            "ocsp-of-another" => new([Ca.Ocsp(Ca.Official)], [root]),
            "ocsp-of-another-issuer" => new([Ca.Ocsp(Ca.Person, issuer: Ca.Root)], [root]),
            "no-responder-certificate" => new([Ca.Ocsp(Ca.Person, withCertificate: false)], [root]),
            "responder-without-right" => new([Ca.Ocsp(Ca.Person, responder: Ca.Official)], [root]),
            "responder-of-another" => new([Ca.Ocsp(Ca.Person, responder: TestAuthority.Rsa.Responder)], [root]),
            "wrong-nonce" => new([Ca.Ocsp(Ca.Person, nonce: [1])], [root], new byte[] { 2 }),
            "stale-crl" => new([], [root, TestAuthority.Crl(Ca.Issuing, nextUpdate: now.AddHours(-1))]),
            "future-crl" => new([], [root, TestAuthority.Crl(Ca.Issuing, thisUpdate: now.AddHours(1))]),
            "crl-of-another" => new([], [root, TestAuthority.Crl(TestAuthority.Rsa.Root)]),
            "crl-wrong-key" => new([], [root, TestAuthority.Crl(Ca.Issuing, signedBy: Ca.Official.Key)]),
            "partial-crl" => new([], [root, TestAuthority.Crl(Ca.Issuing, criticalExtension: "2.5.29.28")]),
            "delta-crl" => new([], [root, TestAuthority.Crl(Ca.Issuing, criticalExtension: Oids.DeltaCrlIndicator)]),
            _ => new([new byte[] { 0x30, 0 }], [root, new byte[] { 1, 2, 3 }]),
        };
    }

    private static byte[] Broken(string how, byte[] signature)
    {
        var time = TestAuthority.Now.AddMinutes(-2);
        return how switch
        {
            "other" => TestSignature.Stamp(Ca, [1, 2, 3], time),
            "future" => TestSignature.Stamp(Ca, signature, TestAuthority.Now.AddHours(1)),
            "two-signers" => TestSignature.Stamp(Ca, signature, time, change: t => t with { Signers = 2 }),
            "changed" => TestSignature.Stamp(
                Ca,
                signature,
                time,
                change: t => t with { AttachedContent = [.. t.Content[..^1], 43] }
            ),
            "signature" => TestSignature.Stamp(Ca, signature, time, change: t => t with { BreakSignature = true }),
            "not-named" => TestSignature.Stamp(Ca, signature, time, change: t => t with { NamesCertificate = false }),
            "named-other" => TestSignature.Stamp(
                Ca,
                signature,
                time,
                change: t => t with { NamedCertificate = Ca.Person }
            ),
            "not-for-time" => TestSignature.Stamp(Ca, signature, time, Ca.Official),
            "expired" => TestSignature.Stamp(
                Ca,
                signature,
                time,
                Ca.Issue(Ca.StampingTemplate() with { NotAfter = time.AddDays(-1) })
            ),
            "self-made" => TestSignature.Stamp(Ca, signature, time, new TestCertificate(Ca.StampingTemplate(), null)),
            "critical" => TestSignature.Stamp(Ca, signature, time, criticalExtension: "1.2.3"),
            "other-type" => TestSignature.Stamp(Ca, signature, time, change: t => t with { ContentType = Oids.Data }),
            "garbage" => [0x30, 3, 2, 1, 7],
            _ => TestSignature.Stamp(Ca, signature, time),
        };
    }

    private static void ChangedCertificateFailsAlone(string check, string code, Func<Template, Template> change)
    {
        var signer = Ca.Issue(change(Ca.PersonTemplate() with { SerialNumber = new BigInteger(1000) }));

        FailsAlone(check, code, Verify(new TestSignature { Signer = signer }.Encode(), Policy, Ca.AllGood(signer)));
    }

    private static void FailsAlone(string check, string code, Verdict verdict)
    {
        Assert.Equal(VerdictResult.Invalid, verdict.Result);
        Assert.True(Failed(verdict).SequenceEqual([check]), string.Join('\n', verdict.Checks));
        Assert.Equal(code, verdict[check].Code);
        Assert.Equal(check, verdict.Refusal!.Name);
        Assert.NotEmpty(verdict[check].Reason!);
        Assert.DoesNotContain(verdict.Checks, c => c.Outcome == CheckOutcome.Waiting);
    }

    private static IEnumerable<string> Failed(Verdict verdict) =>
        verdict.Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name);

    private static Verdict Verify(
        byte[] cms,
        SignaturePolicy policy,
        RevocationEvidence? evidence = null,
        TrustAnchors? trust = null
    ) =>
        SignatureVerifier.Verify(
            TestSignature.Document,
            cms,
            trust ?? Ca.Trust,
            policy,
            TestAuthority.Now,
            evidence ?? Ca.AllGood()
        );
}
