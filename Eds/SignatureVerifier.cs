using PedAtt.Eds.Certificates;
using PedAtt.Eds.Cms;
using PedAtt.Eds.Revocation;

namespace PedAtt.Eds;

/// <summary>
/// The one way in: is this CMS a good signature of this document, by whom, and since when? Every rule is a check with a
/// name; each is looked at even when another has failed, as far as it can be. Nothing is fetched: the caller brings the
/// evidence.
/// </summary>
public static class SignatureVerifier
{
    /// <summary>Changes with every change of what is accepted; kept with each verdict.</summary>
    public const string Version = "2";

    /// <summary>A signature with a chain and a time stamp takes a few kilobytes; the rest is room for an attached
    /// document.</summary>
    public const int LargestCms = 1 << 20;

    /// <param name="document">The exact bytes that were to be signed: the server's own copy, from its position to its
    /// end.</param>
    /// <param name="cms">What the signer sent: DER, BER, PEM or base64.</param>
    /// <param name="now">When the evidence was fetched: what it says must hold then.</param>
    /// <param name="receivedAt">
    /// When the server had the signature, if that was earlier: who asks about revocation again later says so here. It
    /// stands for the time of signing where there is no time stamp, and the caller answers for it.
    /// </param>
    public static Verdict Verify(
        Stream document,
        ReadOnlyMemory<byte> cms,
        TrustAnchors trust,
        SignaturePolicy policy,
        DateTimeOffset now,
        RevocationEvidence evidence,
        DateTimeOffset? receivedAt = null
    ) => new Examination(document, trust, policy, now, evidence, receivedAt ?? now).Examine(cms);

    /// <inheritdoc cref="Verify(Stream, ReadOnlyMemory{byte}, TrustAnchors, SignaturePolicy, DateTimeOffset, RevocationEvidence, DateTimeOffset?)"/>
    public static Verdict Verify(
        ReadOnlyMemory<byte> document,
        ReadOnlyMemory<byte> cms,
        TrustAnchors trust,
        SignaturePolicy policy,
        DateTimeOffset now,
        RevocationEvidence evidence,
        DateTimeOffset? receivedAt = null
    ) => Verify(new MemoryStream(document.ToArray(), writable: false), cms, trust, policy, now, evidence, receivedAt);

    // CRLReason of RFC 5280, section 5.3.1.
    private const int Superseded = 4;
    private const int CessationOfOperation = 5;

    private sealed class Examination(
        Stream document,
        TrustAnchors trust,
        SignaturePolicy policy,
        DateTimeOffset now,
        RevocationEvidence evidence,
        DateTimeOffset receivedAt
    )
    {
        private readonly Dictionary<string, Check> _checks = [];
        private DateTimeOffset? _stampedAt;
        private Chain? _stampChain;

        public Verdict Examine(ReadOnlyMemory<byte> file)
        {
            var cms = Check(
                Checks.Encoding,
                () =>
                    file.Length <= LargestCms
                        ? SignedData.Read(file)
                        : throw new RefusalException(
                            Refusals.TooLarge,
                            $"a signature of more than {LargestCms} bytes is none"
                        )
            );
            var signer = cms is null
                ? null
                : Check(
                    Checks.OneSigner,
                    () =>
                        cms.Signers.Count == 1
                            ? cms.Signers[0]
                            : throw new RefusalException(
                                Refusals.SignerCount,
                                $"the CMS has {cms.Signers.Count} signers, not one"
                            )
                );
            if (cms is null || signer is null)
            {
                return Conclude(null, null, null, null);
            }

            ExamineSignature(cms, signer);
            var certificate = Check(Checks.SignerCertificate, () => cms.CertificateOf(signer));
            // The time counts for the certificate, so the stamp comes first.
            Run(Checks.Timestamp, () => ExamineTimestamp(cms, signer));
            if (certificate is null)
            {
                return Conclude(null, null, null, Claimed(signer));
            }
            Run(Checks.SigningCertificate, () => ExamineSigningCertificate(signer, certificate));
            Run(
                Checks.Signature,
                () =>
                    signer.IsSignedBy(certificate)
                        ? Passed
                        : throw new RefusalException(
                            Refusals.SignatureWrong,
                            "the signature is not that of the certificate's key"
                        )
            );
            ExamineCertificate(certificate);
            var chain = Check(Checks.Chain, () => Chain.Build(certificate, cms.Certificates, trust, SignedAt));
            var answer = chain is null ? null : ExamineChain(chain);
            return Conclude(certificate, chain, answer, Claimed(signer));
        }

        /// <summary>The time by which the certificate is judged.</summary>
        private DateTimeOffset SignedAt => _stampedAt ?? receivedAt;

        private static Finding Passed => new(CheckOutcome.Passed);

        private void ExamineSignature(SignedData cms, SignerInfo signer)
        {
            Run(
                Checks.Algorithms,
                () =>
                {
                    _ = signer.Digest;
                    return Passed;
                }
            );
            Run(
                Checks.SignedAttributes,
                () =>
                {
                    Attributes(signer).RequireKnown();
                    return Passed;
                }
            );
            Run(
                Checks.ContentType,
                () =>
                    cms.ContentType == Oids.Data && Attributes(signer).ContentType == Oids.Data
                        ? Passed
                        : throw new RefusalException(Refusals.ContentType, "what was signed is not called data")
            );
            Run(Checks.Document, () => ExamineDocument(cms, signer));
        }

        private Finding ExamineDocument(SignedData cms, SignerInfo signer)
        {
            if (cms.Content is not null && !policy.AcceptAttached)
            {
                throw new RefusalException(Refusals.ContentAttached, "the CMS carries a document, where it must not");
            }
            var start = document.Position;
            if (!signer.IsAbout(document))
            {
                throw new RefusalException(Refusals.DocumentChanged, "the document is not the one that was signed");
            }
            if (
                cms.Content is not null
                && (!signer.IsAbout(new MemoryStream(cms.Content)) || document.Position - start != cms.Content.Length)
            )
            {
                throw new RefusalException(Refusals.ContentAttached, "the CMS carries another document");
            }
            return Passed;
        }

        private static Finding ExamineSigningCertificate(SignerInfo signer, Certificate certificate)
        {
            var attributes = Attributes(signer);
            if (!attributes.NamesCertificate)
            {
                return new Finding(CheckOutcome.NotNeeded, null, "the signer named none");
            }
            attributes.RequireSigningCertificate(certificate);
            return Passed;
        }

        private Finding ExamineTimestamp(SignedData cms, SignerInfo signer)
        {
            var tokens = signer
                .UnsignedAttributes.Where(attribute => attribute.Oid == Oids.TimestampAttribute)
                .SelectMany(attribute => attribute.Values)
                .ToList();
            if (tokens.Count == 0)
            {
                return policy.Timestamp == TimestampRule.Required
                    ? throw new RefusalException(Refusals.TimestampMissing, "the signature has no time stamp")
                    : new Finding(CheckOutcome.NotNeeded, null, "there is none: the server's time counts");
            }
            try
            {
                if (tokens.Count > 1)
                {
                    throw new RefusalException(Refusals.TimestampRepeated, "the signature has several time stamps");
                }
                var timestamp = Timestamp.Read(tokens[0]);
                var chain = timestamp.Verify(signer.Signature.Span, trust, receivedAt + policy.ClockSkew);
                for (var i = 0; i + 1 < chain.Certificates.Count; i++)
                {
                    var answer = RevocationCheck.Ask(
                        chain.Certificates[i],
                        chain.Certificates[i + 1],
                        evidence,
                        now,
                        policy
                    );
                    // A revoked authority's older stamps hold only if its key was simply laid aside: a stolen key
                    // stamps any time.
                    if (
                        answer.Status == RevocationStatus.Revoked
                        && !(answer.RevokedAt > timestamp.Time && answer.Cause is Superseded or CessationOfOperation)
                    )
                    {
                        throw new RefusalException(
                            Refusals.TimestampAuthority,
                            $"{chain.Certificates[i].Subject} was revoked on {answer.RevokedAt:u}"
                        );
                    }
                }
                (_stampedAt, _stampChain) = (timestamp.Time, chain);
                return Passed;
            }
            catch (RefusalException refused) when (policy.Timestamp == TimestampRule.IgnoredIfBroken)
            {
                return new Finding(
                    CheckOutcome.NotNeeded,
                    refused.Code,
                    $"passed over, the server's time counts: {refused.Message}"
                );
            }
        }

        private void ExamineCertificate(Certificate certificate)
        {
            Run(Checks.Validity, () => Chain.WhyNotValid(certificate, SignedAt) is { } reason ? throw reason : Passed);
            Run(
                Checks.Extensions,
                () =>
                    certificate.UnknownCritical.Count == 0
                        ? Passed
                        : throw new RefusalException(
                            Refusals.UnknownExtension,
                            $"the certificate has the critical extension {certificate.UnknownCritical[0]}"
                        )
            );
            Run(
                Checks.KeyUsage,
                () =>
                {
                    var needed = policy.NonRepudiation ? KeyUsages.NonRepudiation : KeyUsages.DigitalSignature;
                    return certificate.KeyUsage?.HasFlag(needed) == true && !certificate.IsAuthority
                        ? Passed
                        : throw new RefusalException(Refusals.KeyUsage, $"the key is not for {needed}");
                }
            );
            Run(
                Checks.Purpose,
                () =>
                    policy.Purposes.Any(certificate.Purposes.Contains)
                        ? Passed
                        : throw new RefusalException(
                            Refusals.Purpose,
                            $"the key is for none of {string.Join(", ", policy.Purposes)}"
                        )
            );
            Run(Checks.Iin, () => ExamineIin(Identity.Iin(certificate.Subject)));
            Run(Checks.Bin, () => ExamineBin(Identity.Bin(certificate.Subject)));
            Run(
                Checks.Role,
                () =>
                    policy.Roles.Count == 0 ? new Finding(CheckOutcome.NotNeeded)
                    : policy.Roles.Any(certificate.Purposes.Contains) ? Passed
                    : throw new RefusalException(Refusals.Role, "the certificate does not give the role that is needed")
            );
        }

        private Finding ExamineIin(string? iin)
        {
            if (iin is null)
            {
                throw new RefusalException(Refusals.IinMissing, "the certificate has no IIN");
            }
            if (!Identity.IsTwelveDigits(iin) || policy.IinControlDigit && !Identity.HasControlDigit(iin))
            {
                throw new RefusalException(Refusals.IinInvalid, "the certificate's IIN is none");
            }
            return policy.Iin is null || policy.Iin == iin
                ? Passed
                : throw new RefusalException(Refusals.IinOther, "the certificate is another person's");
        }

        private Finding ExamineBin(string? bin)
        {
            if (bin is not null && !Identity.IsTwelveDigits(bin))
            {
                throw new RefusalException(Refusals.BinInvalid, "the certificate's BIN is none");
            }
            if (policy.Bin is null)
            {
                return new Finding(CheckOutcome.NotNeeded);
            }
            return bin is null
                    ? throw new RefusalException(Refusals.BinMissing, "the certificate is not an organisation's")
                : bin == policy.Bin ? Passed
                : throw new RefusalException(Refusals.BinOther, "the certificate is another organisation's");
        }

        private RevocationAnswer ExamineChain(Chain chain)
        {
            Run(Checks.Authorities, () => chain.WhyNotAuthorities() is { } reason ? throw reason : Passed);
            Run(
                Checks.AuthoritiesValidity,
                () => chain.WhyAuthoritiesNotValid(SignedAt) is { } reason ? throw reason : Passed
            );
            var answer = RevocationCheck.Ask(chain.Leaf, chain.Issuer, evidence, now, policy);
            Run(Checks.Revocation, () => Judge(answer, chain.Leaf));
            Run(
                Checks.AuthoritiesRevocation,
                () =>
                {
                    // The anchor itself is believed; what stands between must be known not to be revoked.
                    Finding worst = new(CheckOutcome.NotNeeded, null, "the certificate's issuer is pinned");
                    for (var i = 1; i + 1 < chain.Certificates.Count; i++)
                    {
                        var finding = Judge(
                            RevocationCheck.Ask(
                                chain.Certificates[i],
                                chain.Certificates[i + 1],
                                evidence,
                                now,
                                policy
                            ),
                            chain.Certificates[i]
                        );
                        worst = worst.Outcome == CheckOutcome.Waiting ? worst : finding;
                    }
                    return worst;
                }
            );
            return answer;
        }

        private Finding Judge(RevocationAnswer answer, Certificate certificate)
        {
            if (answer.Status == RevocationStatus.Revoked)
            {
                // Only a stamp, or that we had it before, proves that a signature is older than the revocation.
                return answer.RevokedAt > SignedAt && (_stampedAt is not null || receivedAt < now)
                    ? new Finding(
                        CheckOutcome.Passed,
                        null,
                        $"revoked on {answer.RevokedAt:u}, after the signature was made"
                    )
                    : throw new RefusalException(
                        Refusals.Revoked,
                        $"{certificate.Subject} was revoked on {answer.RevokedAt:u}"
                    );
            }
            if (answer.Status == RevocationStatus.Good)
            {
                return Passed;
            }
            return policy.WhenRevocationUnavailable switch
            {
                UnavailableRule.Waits => new Finding(
                    CheckOutcome.Waiting,
                    Refusals.RevocationUnknown,
                    answer.Explanation
                ),
                UnavailableRule.Accepts => new Finding(
                    CheckOutcome.NotNeeded,
                    Refusals.RevocationUnknown,
                    answer.Explanation
                ),
                _ => throw new RefusalException(Refusals.RevocationUnknown, answer.Explanation ?? ""),
            };
        }

        private static SignedAttributes Attributes(SignerInfo signer) =>
            signer.Attributes
            ?? throw new RefusalException(Refusals.AttributeMissing, "the signature has no signed attributes");

        private static DateTimeOffset? Claimed(SignerInfo signer)
        {
            try
            {
                return signer.Attributes?.SigningTime;
            }
            catch (RefusalException)
            {
                return null;
            }
        }

        private T? Check<T>(string name, Func<T> look)
            where T : class
        {
            T? found = null;
            Run(
                name,
                () =>
                {
                    found = look();
                    return Passed;
                }
            );
            return found;
        }

        private void Run(string name, Func<Finding> look)
        {
            try
            {
                var (outcome, code, reason) = look();
                _checks[name] = new Check(name, outcome, code, reason);
            }
            catch (RefusalException refused)
            {
                _checks[name] = new Check(name, CheckOutcome.Failed, refused.Code, refused.Message);
            }
        }

        private Verdict Conclude(
            Certificate? certificate,
            Chain? chain,
            RevocationAnswer? answer,
            DateTimeOffset? claimedAt
        ) =>
            new(
                [
                    .. Checks.All.Select(name =>
                        _checks.GetValueOrDefault(name) ?? new Check(name, CheckOutcome.NotReached)
                    ),
                ],
                certificate is null ? null : Identity.Describe(certificate),
                certificate is null ? null : SignedAt,
                _stampedAt is not null,
                claimedAt,
                chain?.Certificates ?? [],
                answer,
                Version
            )
            {
                TimestampChain = _stampChain?.Certificates ?? [],
            };

        private readonly record struct Finding(CheckOutcome Outcome, string? Code = null, string? Reason = null);
    }
}
