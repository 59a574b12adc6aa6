using System.Formats.Asn1;

namespace PedAtt.Eds.Encoding;

/// <summary>An algorithm's OID and its parameters as they stood (empty where absent).</summary>
internal sealed record AlgorithmIdentifier(string Oid, ReadOnlyMemory<byte> Parameters)
{
    public static AlgorithmIdentifier Read(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        var parameters = sequence.HasData ? sequence.ReadEncodedValue() : default;
        sequence.ThrowIfNotEmpty();
        return new AlgorithmIdentifier(oid, parameters);
    }

    /// <summary>Digests and signatures here have no parameters: absent or NULL.</summary>
    public bool HasNoParameters => Parameters.IsEmpty || Parameters.Span.SequenceEqual<byte>([5, 0]);

    public bool Equals(AlgorithmIdentifier? other) =>
        other is not null && Oid == other.Oid && Parameters.Span.SequenceEqual(other.Parameters.Span);

    public override int GetHashCode() => Oid.GetHashCode(StringComparison.Ordinal);
}
