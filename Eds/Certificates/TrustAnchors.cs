namespace PedAtt.Eds.Certificates;

/// <summary>
/// The authorities that are believed because somebody checked their fingerprints, and others that only help to find the
/// way to them. An authority pinned here ends a chain, be it a root or not.
/// </summary>
public sealed class TrustAnchors
{
    public TrustAnchors(IEnumerable<Certificate> anchors, IEnumerable<Certificate>? intermediates = null)
    {
        Anchors = [.. anchors];
        Intermediates = [.. intermediates ?? []];
    }

    public IReadOnlyList<Certificate> Anchors { get; }

    public IReadOnlyList<Certificate> Intermediates { get; }

    internal bool Contains(Certificate certificate) => Anchors.Any(certificate.IsSameAs);
}
