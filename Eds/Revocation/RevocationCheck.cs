using PedAtt.Eds.Certificates;

namespace PedAtt.Eds.Revocation;

/// <summary>
/// Weighs the evidence about one certificate. A revocation that the authority signed counts however old the answer is;
/// a "good" counts only while it is fresh; anything that does not hold is passed over, and why is kept.
/// </summary>
internal static class RevocationCheck
{
    public static RevocationAnswer Ask(
        Certificate certificate,
        Certificate issuer,
        RevocationEvidence evidence,
        DateTimeOffset now,
        SignaturePolicy policy
    )
    {
        var answers = new List<RevocationAnswer>();
        foreach (var response in evidence.OcspResponses)
        {
            answers.Add(Try("ocsp", () => FromOcsp(response, certificate, issuer, evidence.OcspNonce, now, policy)));
        }
        foreach (var list in evidence.Crls)
        {
            answers.Add(Try("crl", () => FromCrl(list, certificate, issuer, now, policy)));
        }
        return answers.Where(answer => answer.Status == RevocationStatus.Revoked).MinBy(answer => answer.RevokedAt)
            ?? answers.Where(answer => answer.Status == RevocationStatus.Good).MaxBy(answer => answer.AsOf)
            ?? Unavailable(
                answers.Count == 0 ? "nothing was asked" : string.Join("; ", answers.Select(a => a.Explanation))
            );
    }

    private static RevocationAnswer FromOcsp(
        ReadOnlyMemory<byte> der,
        Certificate certificate,
        Certificate issuer,
        ReadOnlyMemory<byte>? nonce,
        DateTimeOffset now,
        SignaturePolicy policy
    )
    {
        var response = OcspResponse.Parse(der);
        if (response.Find(certificate, issuer) is not { } answer)
        {
            return Unavailable("ocsp: about another certificate");
        }
        response.RequireResponderOf(issuer);
        if (answer.Status == RevocationStatus.Unavailable)
        {
            return Unavailable("ocsp: the responder does not know the certificate");
        }
        if (answer.Status == RevocationStatus.Good)
        {
            if (nonce is { } asked && response.Nonce is { } told && !asked.Span.SequenceEqual(told.Span))
            {
                return Unavailable("ocsp: the answer to another question (nonce)");
            }
            // Without a date for the next one, an answer holds as long as the policy lets it.
            if (
                WhyStale(answer.ThisUpdate, answer.NextUpdate ?? answer.ThisUpdate + policy.OcspMaxAge, now, policy) is
                { } stale
            )
            {
                return Unavailable($"ocsp: {stale}");
            }
        }
        return new RevocationAnswer(answer.Status, "ocsp", answer.RevokedAt, answer.Cause, answer.ThisUpdate);
    }

    private static RevocationAnswer FromCrl(
        ReadOnlyMemory<byte> der,
        Certificate certificate,
        Certificate issuer,
        DateTimeOffset now,
        SignaturePolicy policy
    )
    {
        var list = CertificateRevocationList.Parse(der);
        if (!list.Issuer.IsSameAs(issuer.Subject))
        {
            return Unavailable("crl: of another authority");
        }
        if (!list.IsSignedBy(issuer))
        {
            return Unavailable("crl: not signed by the authority");
        }
        if (list.HasUnknownCritical)
        {
            return Unavailable("crl: of some certificates or reasons only");
        }
        var found = list.Find(certificate.SerialNumber.Span);
        if (found is { } revoked)
        {
            // "Removed from the list" stands in delta lists only and takes a hold back.
            return list.IsDelta && revoked.Cause == 8
                ? Unavailable("crl: a delta list")
                : new RevocationAnswer(
                    RevocationStatus.Revoked,
                    "crl",
                    revoked.RevokedAt,
                    revoked.Cause,
                    list.ThisUpdate
                );
        }
        if (list.IsDelta)
        {
            return Unavailable("crl: a delta list cannot say that all is well");
        }
        if (list.NextUpdate is not { } next)
        {
            return Unavailable("crl: does not say until when it holds");
        }
        return WhyStale(list.ThisUpdate, next, now, policy) is { } stale
            ? Unavailable($"crl: {stale}")
            : new RevocationAnswer(RevocationStatus.Good, "crl", AsOf: list.ThisUpdate);
    }

    private static string? WhyStale(
        DateTimeOffset from,
        DateTimeOffset until,
        DateTimeOffset now,
        SignaturePolicy policy
    ) =>
        from > now + policy.ClockSkew ? $"is of the future, {from:u}"
        : until < now - policy.ClockSkew ? $"held until {until:u}"
        : null;

    private static RevocationAnswer Try(string source, Func<RevocationAnswer> weigh)
    {
        try
        {
            return weigh();
        }
        catch (RefusalException refused)
        {
            return Unavailable($"{source}: {refused.Message}");
        }
    }

    private static RevocationAnswer Unavailable(string explanation) =>
        new(RevocationStatus.Unavailable, Explanation: explanation);
}
