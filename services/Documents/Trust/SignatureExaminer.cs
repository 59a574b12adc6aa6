using System.Security.Cryptography;
using System.Text;
using PedAtt.Eds;
using PedAtt.Eds.Certificates;
using PedAtt.Eds.Cms;
using PedAtt.Eds.Evidence;
using PedAtt.Eds.Revocation;

namespace PedAtt.Documents.Trust;

/// <param name="Bin">For an official: the organisation in whose name they sign.</param>
public sealed record ExpectedSigner(string Iin, string? Bin);

/// <param name="Reason">Why it is not valid: a code of the public contract.</param>
/// <param name="AskAgainAt">When somebody is to be asked about revocation next; none when all is known.</param>
/// <param name="IsAnswered">Somebody said whether the certificate was revoked.</param>
public sealed record Examined(
    SignatureVerdict Verdict,
    string? Reason,
    DateTimeOffset? AskAgainAt,
    bool IsAnswered,
    string? Iin,
    Verification Verification,
    IReadOnlyList<EvidencePart> Parts
);

/// <summary>
/// Whether a CMS is a valid detached signature of this person over exactly these bytes. Eds judges, GOST and RSA alike;
/// here stands what we ask for and what we call a refusal. Where there is no time stamp that holds, the time of receipt
/// counts.
/// </summary>
public sealed class SignatureExaminer(
    TrustStore trust,
    RevocationSource source,
    RevocationSettings settings,
    TimeProvider clock
)
{
    /// <summary>An official's certificate is an organisation's: of its head, of who may sign for it, of one who works
    /// there.</summary>
    private static readonly string[] OfficialRoles =
    [
        Oids.LegalEntity,
        Oids.FirstHead,
        Oids.RightToSign,
        Oids.Employee,
    ];

    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(1);

    /// <summary>On receipt: now is the time that counts. A person waits for the answers about revocation, but not for
    /// ever.</summary>
    /// <exception cref="Problem">422 with the code of the first check that fails, in the order of the public
    /// contract</exception>
    public async Task<Examined> RequireAsync(
        Guid signature,
        byte[] document,
        byte[] cms,
        ExpectedSigner expected,
        CancellationToken ct
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(settings.Patience);
        var examined = await ExamineAsync(signature, document, cms, PolicyFor(expected), clock.Now(), patience.Token);
        ct.ThrowIfCancellationRequested();
        return examined.Verdict == SignatureVerdict.Invalid ? throw new Problem(422, examined.Reason!) : examined;
    }

    /// <summary>Whose signature stands under a text that was given out for signing in: of anybody, by a key that signs
    /// in or signs.</summary>
    /// <returns>The signer's IIN, or the code of what speaks against the signature; nobody is let in while nobody
    /// answers.</returns>
    public async Task<(string? Iin, string? Code)> SignInAsync(byte[] text, string cms, CancellationToken ct)
    {
        var policy = new SignaturePolicy
        {
            Purposes = [Oids.ClientAuthentication, Oids.DocumentSigning],
            NonRepudiation = false,
            AcceptAttached = true,
            IinControlDigit = trust.Profile == TrustProfile.Production,
            Timestamp = TimestampRule.IgnoredIfBroken,
            WhenRevocationUnavailable = settings.WhenUnavailable,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(settings.Patience);
        var examined = await ExamineAsync(Guid.Empty, text, DecodeText(cms), policy, clock.Now(), patience.Token);
        ct.ThrowIfCancellationRequested();
        return examined.Verdict == SignatureVerdict.Valid ? (examined.Iin, null) : (null, examined.Reason);
    }

    /// <summary>Asks about revocation again; all else is judged as it was on receipt.</summary>
    public Task<Examined> AgainAsync(byte[] document, byte[] cms, Verification former, CancellationToken ct)
    {
        var record = VerificationRecord.Parse(former.Record);
        return ExamineAsync(former.SignatureId, document, cms, record.Policy, record.ReceivedAt, ct);
    }

    /// <summary>
    /// Whether the CMS is still a signature over these bytes, by the person it was examined for: judged again by the
    /// certificates that were kept, whatever the rows say. Nobody is asked, and what has become of the authorities
    /// since does not count against it.
    /// </summary>
    /// <param name="last">Its last examination; null for what was signed before examinations were kept.</param>
    /// <param name="certificates">Those of that examination, in DER.</param>
    public bool Holds(byte[] document, byte[] cms, Verification? last, IReadOnlyList<byte[]> certificates)
    {
        try
        {
            var record = last is null ? null : VerificationRecord.Parse(last.Record);
            var chain = certificates.Select(der => Certificate.Read(der)).ToList();
            var anchors =
                chain.Count == 0 ? trust.Read().Anchors : new TrustAnchors(chain.Where(one => one.IsSelfIssued), chain);
            var now = record?.AskedAt ?? clock.Now();
            var verdict = SignatureVerifier.Verify(
                document,
                cms,
                anchors,
                record?.Policy ?? new SignaturePolicy(),
                now,
                RevocationEvidence.None,
                record?.ReceivedAt ?? now
            );
            return RefusalCodes.Of(verdict)
                is not (
                    Codes.SignatureMalformed
                    or Codes.SignatureAlgorithm
                    or Codes.SignatureInvalid
                    or Codes.SignatureWrongSigner
                );
        }
        catch (RefusalException)
        {
            return false;
        }
    }

    private async Task<Examined> ExamineAsync(
        Guid signature,
        byte[] document,
        byte[] cms,
        SignaturePolicy policy,
        DateTimeOffset receivedAt,
        CancellationToken ct
    )
    {
        var known = trust.Read();
        // First without anybody's answers: what is wrong by itself is refused at once, and the chain says whom to ask
        // about.
        var (now, evidence) = (clock.Now(), new RevocationEvidence([], known.RevocationLists));
        var verdict = SignatureVerifier.Verify(document, cms, known.Anchors, policy, now, evidence, receivedAt);
        if (verdict.Result != VerdictResult.Invalid && settings.HasAddresses)
        {
            var answers = await source.AskAsync(verdict.Chain, ct);
            (now, evidence) = (clock.Now(), answers with { Crls = [.. known.RevocationLists, .. answers.Crls] });
            verdict = SignatureVerifier.Verify(document, cms, known.Anchors, policy, now, evidence, receivedAt);
        }
        var refusal = RefusalCodes.Of(verdict);
        // An authority that was taken out of the trust folder meanwhile says nothing about a signature that it once
        // stood for.
        var isAnswered =
            verdict.Revocation is { Status: not RevocationStatus.Unavailable }
            && refusal is null or Codes.SignatureRevoked;
        // A "good" is asked about once more: authorities publish a revocation later than it was reported to them.
        DateTimeOffset? again =
            !settings.HasAddresses ? null
            : !isAnswered || verdict.Result == VerdictResult.Waiting ? now + AskAgain
            : receivedAt + settings.AskAgainAfter is var later && later > now && verdict.IsValid ? later
            : null;
        var (word, reason) = verdict.Result switch
        {
            VerdictResult.Valid => (SignatureVerdict.Valid, null),
            VerdictResult.Waiting => (SignatureVerdict.Pending, Codes.SignatureRevocationUnknown),
            _ => (SignatureVerdict.Invalid, refusal),
        };
        var parts = PartsOf(verdict, evidence);
        return new(
            word,
            reason,
            again,
            isAnswered,
            verdict.Signer?.Iin,
            new Verification
            {
                SignatureId = signature,
                At = now,
                Verdict = word,
                Record = VerificationRecord.Of(verdict, policy, receivedAt, now).ToJson(),
                Parts = [.. parts.Select(part => part.Sha256)],
            },
            parts
        );
    }

    private static List<EvidencePart> PartsOf(Verdict verdict, RevocationEvidence evidence)
    {
        return
        [
            .. verdict
                .Chain.Concat(verdict.TimestampChain)
                .Select(one => Part(EvidenceKind.Certificate, one.Encoded))
                .Concat(evidence.OcspResponses.Select(one => Part(EvidenceKind.Ocsp, one)))
                .Concat(evidence.Crls.Select(one => Part(EvidenceKind.Crl, one)))
                .DistinctBy(part => part.Sha256),
        ];

        static EvidencePart Part(EvidenceKind kind, ReadOnlyMemory<byte> content) =>
            new()
            {
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span)),
                Kind = kind,
                Content = content.ToArray(),
            };
    }

    /// <summary>As NCALayer and files give it: DER in base64, with or without the PEM's lines.</summary>
    /// <exception cref="Problem">422 signature.malformed</exception>
    public static byte[] DecodeText(string text)
    {
        var body = string.Concat(
            text.Split('\n')
                .Select(line => line.Trim())
                .Where(line => !line.StartsWith("-----", StringComparison.Ordinal))
        );
        var bytes = new byte[(body.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(body, bytes, out var written) || written == 0)
            throw new Problem(422, Codes.SignatureMalformed);
        return Unwrapped(bytes[..written]);

        // The base64 of a PEM text, as some programs send it.
        static byte[] Unwrapped(byte[] bytes) =>
            bytes.AsSpan().StartsWith("-----BEGIN"u8) ? DecodeText(Encoding.ASCII.GetString(bytes)) : bytes;
    }

    /// <summary>What is kept of a CMS: the signature without the document. What is none is judged as it came.</summary>
    public static byte[] Kept(byte[] cms)
    {
        try
        {
            return SignedData.Detach(cms);
        }
        catch (RefusalException)
        {
            return cms;
        }
    }

    private SignaturePolicy PolicyFor(ExpectedSigner expected) =>
        new()
        {
            Iin = expected.Iin,
            Bin = expected.Bin,
            Roles = expected.Bin is null ? [] : OfficialRoles,
            // The test keys of the National Certification Authority have numbers that are nobody's.
            IinControlDigit = trust.Profile == TrustProfile.Production,
            Timestamp = TimestampRule.IgnoredIfBroken,
            // Only one that carries exactly these bytes; it is kept without them.
            AcceptAttached = true,
            WhenRevocationUnavailable = settings.WhenUnavailable,
        };
}
