using System.Formats.Asn1;
using PedAtt.Eds.Encoding;

namespace PedAtt.Eds.Certificates;

/// <summary>
/// A name by its OIDs; its text form is never parsed. Two names are the same when their bytes are: authorities here
/// copy names byte for byte, and anything looser would be one more way to be fooled.
/// </summary>
public sealed class DistinguishedName
{
    private DistinguishedName(ReadOnlyMemory<byte> encoded, IReadOnlyList<(string Oid, string? Text)> attributes)
    {
        Encoded = encoded;
        Attributes = attributes;
    }

    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>In the order they stand; no text where the value is not a string.</summary>
    public IReadOnlyList<(string Oid, string? Text)> Attributes { get; }

    public bool IsSameAs(DistinguishedName other) => Encoded.Span.SequenceEqual(other.Encoded.Span);

    /// <summary>The only value, or none.</summary>
    /// <exception cref="RefusalException">There are several: no one can say which is meant.</exception>
    public string? Only(string oid)
    {
        var values = Attributes.Where(attribute => attribute.Oid == oid).ToList();
        return values.Count > 1 ? throw Der.Malformed($"a name has {values.Count} values of {oid}")
            : values.Count == 0 ? null
            : values[0].Text;
    }

    public override string ToString() => string.Join(", ", Attributes.Select(a => $"{ShortName(a.Oid)}={a.Text}"));

    internal static DistinguishedName Read(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var attributes = new List<(string, string?)>();
        var rdns = reader.ReadSequence();
        while (rdns.HasData)
        {
            var rdn = rdns.ReadSetOf();
            do
            {
                var attribute = rdn.ReadSequence();
                var oid = attribute.ReadObjectIdentifier();
                attributes.Add((oid, ReadText(attribute)));
                attribute.ThrowIfNotEmpty();
            } while (rdn.HasData);
        }
        return new DistinguishedName(encoded, attributes);
    }

    private static string? ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (
            tag.TagClass == TagClass.Universal
            && (UniversalTagNumber)tag.TagValue
                is UniversalTagNumber.UTF8String
                    or UniversalTagNumber.PrintableString
                    or UniversalTagNumber.IA5String
                    or UniversalTagNumber.BMPString
                    or UniversalTagNumber.T61String
                    or UniversalTagNumber.NumericString
        )
        {
            return reader.ReadCharacterString((UniversalTagNumber)tag.TagValue);
        }
        reader.ReadEncodedValue();
        return null;
    }

    private static string ShortName(string oid) =>
        oid switch
        {
            Oids.CommonName => "CN",
            Oids.Surname => "SN",
            Oids.SerialNumber => "serialNumber",
            Oids.Country => "C",
            Oids.Organisation => "O",
            Oids.OrganisationalUnit => "OU",
            Oids.GivenName => "GN",
            _ => oid,
        };
}
