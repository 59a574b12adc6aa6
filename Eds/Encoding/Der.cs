using System.Formats.Asn1;

namespace PedAtt.Eds.Encoding;

/// <summary>Reading ASN.1 so that everything unexpected ends in one <see cref="RefusalException"/>.</summary>
internal static class Der
{
    private const int MostNesting = 16;

    /// <summary>Runs a parser over the one value that the bytes must be, with nothing behind it.</summary>
    public static T Read<T>(
        ReadOnlyMemory<byte> bytes,
        string what,
        Func<AsnReader, T> parse,
        AsnEncodingRules rules = AsnEncodingRules.DER
    )
    {
        try
        {
            var reader = new AsnReader(bytes, rules);
            var value = parse(reader);
            reader.ThrowIfNotEmpty();
            return value;
        }
        catch (AsnContentException broken)
        {
            throw new RefusalException(Refusals.Malformed, $"{what} cannot be read: {broken.Message}", broken);
        }
    }

    public static Asn1Tag Context(int number, bool constructed = true) =>
        new(TagClass.ContextSpecific, number, constructed);

    public static bool NextIs(this AsnReader reader, Asn1Tag tag) =>
        reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    public static RefusalException Malformed(string reason) => new(Refusals.Malformed, reason);

    /// <summary>UTCTime or GeneralizedTime, as certificates and CRLs choose by the year.</summary>
    public static DateTimeOffset ReadTime(this AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    /// <summary>
    /// The DER form of a BER value: definite and shortest lengths, sets in order, TRUE as FF, strings in one piece.
    /// What a signer signs is the DER form, whatever form was sent (RFC 5652, section 5.4).
    /// </summary>
    public static byte[] FromBer(ReadOnlyMemory<byte> value, int depth = 0)
    {
        if (depth > MostNesting)
        {
            throw Malformed("values nest too deeply");
        }
        var tag = Asn1Tag.Decode(value.Span, out var tagLength);
        AsnDecoder.ReadEncodedValue(value.Span, AsnEncodingRules.BER, out var offset, out var length, out _);
        var content = value.Slice(offset, length);
        if (!tag.IsConstructed)
        {
            return tag == Asn1Tag.Boolean
                ? [1, 1, content.Span.ContainsAnyExcept((byte)0) ? (byte)0xFF : (byte)0]
                : [.. value.Span[..tagLength], .. Length(length), .. content.Span];
        }
        if (tag.HasSameClassAndValue(new Asn1Tag(UniversalTagNumber.OctetString)))
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteOctetString(new AsnReader(value, AsnEncodingRules.BER).ReadOctetString());
            return writer.Encode();
        }
        var isSet = tag.HasSameClassAndValue(Asn1Tag.SetOf);
        if (tag.TagClass == TagClass.Universal && !isSet && !tag.HasSameClassAndValue(Asn1Tag.Sequence))
        {
            throw Malformed("a string comes in pieces");
        }
        var children = new List<byte[]>();
        var total = 0;
        var inner = new AsnReader(content, AsnEncodingRules.BER);
        while (inner.HasData)
        {
            var child = FromBer(inner.ReadEncodedValue(), depth + 1);
            children.Add(child);
            total += child.Length;
        }
        if (isSet)
        {
            children.Sort((x, y) => x.AsSpan().SequenceCompareTo(y));
        }
        return [.. value.Span[..tagLength], .. Length(total), .. children.SelectMany(child => child)];
    }

    private static byte[] Length(int length) =>
        length switch
        {
            < 0x80 => [(byte)length],
            < 0x100 => [0x81, (byte)length],
            < 0x10000 => [0x82, (byte)(length >> 8), (byte)length],
            _ => [0x83, (byte)(length >> 16), (byte)(length >> 8), (byte)length],
        };
}
