namespace PedAtt.Eds.Certificates;

/// <summary>A way from a certificate up to a pinned anchor, each signed by the next one's key.</summary>
internal sealed class Chain
{
    /// <summary>A person, an authority, a root, and as many again to spare.</summary>
    private const int LongestPath = 6;

    /// <summary>Bounds the work that a CMS full of certificates of one name can ask for.</summary>
    private const int MostSignatures = 32;

    private Chain(IReadOnlyList<Certificate> certificates) => Certificates = certificates;

    /// <summary>The certificate first, the anchor last.</summary>
    public IReadOnlyList<Certificate> Certificates { get; }

    public Certificate Leaf => Certificates[0];

    public Certificate Issuer => Certificates[1];

    /// <summary>The way with nothing against it at that time; if there is none, the first way that was found.</summary>
    /// <exception cref="RefusalException">No way leads to an anchor.</exception>
    public static Chain Build(Certificate leaf, IEnumerable<Certificate> offered, TrustAnchors trust, DateTimeOffset at)
    {
        var search = new Search([.. trust.Anchors, .. trust.Intermediates, .. offered], trust);
        Chain? first = null;
        foreach (var path in search.From([leaf]))
        {
            var chain = new Chain(path);
            first ??= chain;
            if (chain.WhyNotAuthorities() is null && chain.WhyAuthoritiesNotValid(at) is null)
            {
                return chain;
            }
        }
        return first
            ?? throw search.Failure
                ?? new RefusalException(Refusals.IssuerUnknown, $"no trusted authority is called {leaf.Issuer}");
    }

    /// <summary>Each issuer must be an authority that may sign certificates, and that many below it.</summary>
    public RefusalException? WhyNotAuthorities()
    {
        var below = 0;
        foreach (var authority in Certificates.Skip(1))
        {
            if (!authority.IsAuthority || authority.KeyUsage?.HasFlag(KeyUsages.KeyCertSign) != true)
            {
                return new RefusalException(Refusals.NotAnAuthority, $"{authority.Subject} may not issue certificates");
            }
            if (authority.UnknownCritical.Count > 0)
            {
                return new RefusalException(
                    Refusals.UnknownExtension,
                    $"{authority.Subject} has the critical extension {authority.UnknownCritical[0]}"
                );
            }
            if (authority.PathLength < below)
            {
                return new RefusalException(
                    Refusals.PathTooLong,
                    $"{authority.Subject} allows {authority.PathLength} authorities below it, not {below}"
                );
            }
            // An authority that renews its own certificate is no further step (RFC 5280, section 4.2.1.9).
            if (!authority.IsSelfIssued)
            {
                below++;
            }
        }
        return null;
    }

    public RefusalException? WhyAuthoritiesNotValid(DateTimeOffset at) =>
        Certificates
            .Skip(1)
            .Select(authority => WhyNotValid(authority, at))
            .FirstOrDefault(reason => reason is not null);

    public static RefusalException? WhyNotValid(Certificate certificate, DateTimeOffset at) =>
        at < certificate.NotBefore
            ? new RefusalException(
                Refusals.NotYetValid,
                $"{certificate.Subject} is valid from {certificate.NotBefore:u}, not on {at:u}"
            )
        : at > certificate.NotAfter
            ? new RefusalException(
                Refusals.Expired,
                $"{certificate.Subject} was valid until {certificate.NotAfter:u}, not on {at:u}"
            )
        : null;

    private sealed class Search(IReadOnlyList<Certificate> candidates, TrustAnchors trust)
    {
        private int _signatures;

        /// <summary>Why the most promising issuer was not one.</summary>
        public RefusalException? Failure { get; private set; }

        public IEnumerable<List<Certificate>> From(List<Certificate> path)
        {
            var last = path[^1];
            if (path.Count > 1 && trust.Contains(last))
            {
                yield return path;
                yield break;
            }
            if (path.Count == LongestPath)
            {
                yield break;
            }
            foreach (var issuer in candidates)
            {
                if (IsNamedIssuer(issuer, last) && !path.Exists(issuer.IsSameAs) && HasSigned(issuer, last))
                {
                    foreach (var longer in From([.. path, issuer]))
                    {
                        yield return longer;
                    }
                }
            }
        }

        private static bool IsNamedIssuer(Certificate issuer, Certificate of) =>
            issuer.Subject.IsSameAs(of.Issuer)
            && (
                issuer.SubjectKeyIdentifier is not { } key
                || of.AuthorityKeyIdentifier is not { } named
                || key.Span.SequenceEqual(named.Span)
            );

        private bool HasSigned(Certificate issuer, Certificate certificate)
        {
            if (++_signatures > MostSignatures)
            {
                return false;
            }
            try
            {
                if (certificate.IsSignedBy(issuer))
                {
                    return true;
                }
                Failure ??= new RefusalException(
                    Refusals.IssuerSignature,
                    $"the signature on {certificate.Subject} is not that of {issuer.Subject}"
                );
            }
            catch (RefusalException refused)
            {
                Failure ??= refused;
            }
            return false;
        }
    }
}
