using System.Formats.Asn1;

namespace PedAtt.Eds.Encoding;

/// <summary>An extension of a certificate, a CRL, an entry of a CRL, or an OCSP answer.</summary>
internal static class Extension
{
    public static (string Oid, bool Critical, ReadOnlyMemory<byte> Value) Read(AsnReader extensions)
    {
        var extension = extensions.ReadSequence();
        var oid = extension.ReadObjectIdentifier();
        var critical = extension.NextIs(Asn1Tag.Boolean) && extension.ReadBoolean();
        var value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return (oid, critical, value);
    }

    /// <summary>All of them; none may come twice.</summary>
    public static List<(string Oid, bool Critical, ReadOnlyMemory<byte> Value)> ReadAll(AsnReader sequence)
    {
        var all = new List<(string Oid, bool Critical, ReadOnlyMemory<byte> Value)>();
        while (sequence.HasData)
        {
            var extension = Read(sequence);
            if (all.Exists(other => other.Oid == extension.Oid))
            {
                throw Der.Malformed($"extension {extension.Oid} comes twice");
            }
            all.Add(extension);
        }
        return all;
    }
}
