using PedAtt.Documents.Trust;
using PedAtt.Eds;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>Whether a certificate was revoked is asked over HTTP, of the configured addresses alone: good, revoked, or
/// no answer.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private static readonly Gost.TestAuthority Ca = Gost.TestAuthority.Gost;
    private static readonly byte[] Document = Gost.TestSignature.Document;
    private static readonly byte[] Cms = new Gost.TestSignature { Signer = Ca.Person }.Encode();
    private static readonly ExpectedSigner Person = new(Gost.TestAuthority.Iin, null);

    private readonly string trust = Examiner.GostTrust();
    private readonly At clock = new(Gost.TestAuthority.Now);
    private Responder responder = null!;

    public async ValueTask InitializeAsync() => responder = await Responder.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await responder.DisposeAsync();
        Directory.Delete(trust, recursive: true);
    }

    [Fact]
    public async Task Good_is_valid_and_asked_about_once_more_after_a_day()
    {
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce);

        var examined = await ExamineAsync();

        Assert.Equal((SignatureVerdict.Valid, null, true), (examined.Verdict, examined.Reason, examined.IsAnswered));
        Assert.Equal(clock.Now.AddHours(24), examined.AskAgainAt);
        Assert.Equal(
            [
                EvidenceKind.Certificate,
                EvidenceKind.Certificate,
                EvidenceKind.Certificate,
                EvidenceKind.Ocsp,
                EvidenceKind.Crl,
            ],
            examined.Parts.Select(part => part.Kind)
        );
        Assert.Equal(1, responder.Asked);
    }

    [Fact]
    public async Task Revoked_is_refused()
    {
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, clock.Now.AddDays(-2), nonce: nonce);
        Assert.Equal("signature.revoked", (await Assert.ThrowsAsync<Problem>(() => ExamineAsync())).Code);
    }

    [Theory]
    [InlineData("broken")]
    [InlineData("garbage")]
    [InlineData("unknown")]
    [InlineData("foreign-nonce")]
    [InlineData("stale")]
    [InlineData("another-certificate")]
    [InlineData("nobody's-signature")]
    [InlineData("too-large")]
    public async Task No_answer_that_holds_is_no_answer(string answer)
    {
        responder.Ocsp = nonce =>
            answer switch
            {
                "garbage" => [1, 2, 3],
                "unknown" => Ca.Ocsp(Ca.Person, unknown: true, nonce: nonce),
                "foreign-nonce" => Ca.Ocsp(Ca.Person, nonce: [9, 9, 9, 9]),
                "stale" => Ca.Ocsp(
                    Ca.Person,
                    nonce: nonce,
                    thisUpdate: clock.Now.AddDays(-2),
                    nextUpdate: clock.Now.AddDays(-1)
                ),
                "another-certificate" => Ca.Ocsp(Ca.Official, nonce: nonce),
                "nobody's-signature" => Ca.Ocsp(Ca.Person, nonce: nonce, responder: Ca.Person),
                "too-large" => new byte[1 << 20],
                _ => null,
            };

        var waits = await ExamineAsync();
        Assert.Equal(
            (SignatureVerdict.Pending, "signature.revocation-unknown", false),
            (waits.Verdict, waits.Reason, waits.IsAnswered)
        );
        Assert.Equal(clock.Now.AddMinutes(1), waits.AskAgainAt);

        // Who accepts what nobody could answer asks all the same.
        var accepts = await ExamineAsync(UnavailableRule.Accepts);
        Assert.Equal((SignatureVerdict.Valid, false), (accepts.Verdict, accepts.IsAnswered));
        Assert.Equal(clock.Now.AddMinutes(1), accepts.AskAgainAt);
    }

    [Fact]
    public async Task A_list_answers_where_the_responder_does_not_and_is_fetched_once()
    {
        responder.Crl = () => Gost.TestAuthority.Crl(Ca.Issuing);
        var examiner = Examiner.Over(trust, clock, responder.OcspAddress, responder.CrlAddress, UnavailableRule.Waits);
        for (var i = 0; i < 3; i++)
            Assert.Equal(SignatureVerdict.Valid, (await ExamineAsync(examiner)).Verdict);
        Assert.Equal(4, responder.Asked);

        responder.Crl = () => Gost.TestAuthority.Crl(Ca.Issuing, Ca.Person.SerialNumber);
        Assert.Equal(SignatureVerdict.Valid, (await ExamineAsync(examiner)).Verdict);
        clock.Now += TimeSpan.FromMinutes(31);
        Assert.Equal("signature.revoked", (await Assert.ThrowsAsync<Problem>(() => ExamineAsync(examiner))).Code);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce);
        var examiner = Examiner.Over(
            trust,
            clock,
            responder.OcspAddress.Replace("/ocsp", "/elsewhere", StringComparison.Ordinal),
            null,
            UnavailableRule.Waits
        );
        Assert.Equal(SignatureVerdict.Pending, (await ExamineAsync(examiner)).Verdict);
        Assert.Equal(0, responder.Asked);
    }

    [Fact]
    public async Task A_person_does_not_wait_for_a_silent_responder_for_ever()
    {
        var never = new TaskCompletionSource();
        responder.Until = never.Task;
        var examiner = Examiner.Over(
            trust,
            clock,
            responder.OcspAddress,
            responder.CrlAddress,
            UnavailableRule.Waits,
            TimeSpan.FromMilliseconds(200)
        );
        Assert.Equal(SignatureVerdict.Pending, (await ExamineAsync(examiner)).Verdict);
        never.SetResult();
    }

    [Fact]
    public async Task Nobody_is_asked_where_no_address_is_configured_or_the_signature_is_wrong_by_itself()
    {
        Assert.Null((await ExamineAsync(Examiner.Over(trust, clock))).AskAgainAt);
        var examiner = Examiner.Over(trust, clock, responder.OcspAddress);
        await Assert.ThrowsAsync<Problem>(() =>
            examiner.RequireAsync(Guid.CreateVersion7(), [1], Cms, Person, TestContext.Current.CancellationToken)
        );
        Assert.Equal(0, responder.Asked);
    }

    [Fact]
    public async Task Nobody_signs_in_while_nobody_answers_nor_with_a_revoked_key()
    {
        var text = "sign in to http://localhost"u8.ToArray();
        var cms = Convert.ToBase64String(new Gost.TestSignature { Signer = Ca.Person, Content = text }.Encode());
        var examiner = Examiner.Over(trust, clock, responder.OcspAddress, null, UnavailableRule.Waits);
        Task<(string?, string?)> SignInAsync(byte[] over) =>
            examiner.SignInAsync(over, cms, TestContext.Current.CancellationToken);

        Assert.Equal((null, "signature.revocation-unknown"), await SignInAsync(text));
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce);
        Assert.Equal((Gost.TestAuthority.Iin, null), await SignInAsync(text));
        Assert.Equal((null, "signature.invalid"), await SignInAsync([.. text, 1]));
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, clock.Now.AddDays(-1), nonce: nonce);
        Assert.Equal((null, "signature.revoked"), await SignInAsync(text));
    }

    [Fact]
    public async Task A_key_that_only_signs_in_signs_in_and_one_that_does_neither_does_not()
    {
        var text = "sign in to http://localhost"u8.ToArray();
        async Task<(string?, string?)> SignInAsync(params IReadOnlyList<string> purposes)
        {
            var signer = Ca.Issue(
                Ca.PersonTemplate() with
                {
                    KeyUsage = Eds.Certificates.KeyUsages.DigitalSignature,
                    Purposes = purposes,
                }
            );
            var cms = Convert.ToBase64String(new Gost.TestSignature { Signer = signer, Content = text }.Encode());
            return await Examiner.Over(trust, clock).SignInAsync(text, cms, TestContext.Current.CancellationToken);
        }

        Assert.Equal((Gost.TestAuthority.Iin, null), await SignInAsync(Oids.ClientAuthentication, Oids.Individual));
        Assert.Equal((null, "signature.wrong-usage"), await SignInAsync(Oids.TimeStamping));
    }

    [Theory]
    [InlineData("Ocsp", "nca.kz")]
    [InlineData("Crls", "file:///etc/passwd")]
    [InlineData("WhenUnavailable", "maybe")]
    public void A_wrong_setting_stops_the_start(string key, string value)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager
        {
            [$"Revocation:{key}"] = value,
        };
        Assert.Throws<InvalidOperationException>(() => RevocationSettings.From(configuration, TrustProfile.Production));
    }

    [Fact]
    public void Production_waits_and_the_test_profile_accepts_unless_told_otherwise()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager
        {
            ["Revocation:Ocsp"] = "http://ocsp.example/ https://second.example/",
        };
        var settings = RevocationSettings.From(configuration, TrustProfile.Production);
        Assert.Equal((2, UnavailableRule.Waits), (settings.Ocsp.Count, settings.WhenUnavailable));
        Assert.Equal(
            UnavailableRule.Accepts,
            RevocationSettings.From(configuration, TrustProfile.Test).WhenUnavailable
        );
    }

    private Task<Examined> ExamineAsync(UnavailableRule unavailable = UnavailableRule.Waits) =>
        ExamineAsync(Examiner.Over(trust, clock, responder.OcspAddress, null, unavailable));

    private static Task<Examined> ExamineAsync(SignatureExaminer examiner) =>
        examiner.RequireAsync(Guid.CreateVersion7(), Document, Cms, Person, TestContext.Current.CancellationToken);
}
