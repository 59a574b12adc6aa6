namespace PedAtt.Eds.Encoding;

/// <summary>PEM and bare base64, as browsers and NCALayer hand files over, down to the bytes.</summary>
internal static class Armour
{
    public static ReadOnlyMemory<byte> Remove(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        // DER and BER of everything here begin with a SEQUENCE; no base64 text does.
        if (bytes.Length > 0 && bytes[0] == 0x30)
        {
            return file;
        }
        var text = System.Text.Encoding.ASCII.GetString(bytes).Trim();
        if (text.StartsWith("-----BEGIN ", StringComparison.Ordinal))
        {
            var start = text.IndexOf('\n', StringComparison.Ordinal) + 1;
            var end = text.IndexOf("-----END ", StringComparison.Ordinal);
            if (start == 0 || end < start || text.IndexOf("-----BEGIN ", end, StringComparison.Ordinal) >= 0)
            {
                throw Der.Malformed("the PEM file has not one beginning and one end");
            }
            text = text[start..end];
        }
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException broken)
        {
            throw new RefusalException(Refusals.Malformed, "neither DER nor PEM nor base64", broken);
        }
    }
}
