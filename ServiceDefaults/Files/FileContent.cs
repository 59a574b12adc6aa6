namespace PedAtt.ServiceDefaults.Files;

/// <summary>Tells what a file is by what is in it; its name and the type its sender claims count for nothing.</summary>
public static class FileContent
{
    public const string Pdf = "application/pdf";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";

    /// <summary>ISO 32000 readers look for the header this far in: some scanners write a few bytes before it.</summary>
    private const int HeaderWithin = 1024;

    private static ReadOnlySpan<byte> EncryptKey => "/Encrypt"u8;

    /// <returns>One of the three types, or null for anything else.</returns>
    public static async Task<string?> TypeOfAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        var head = new byte[HeaderWithin];
        var length = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        return TypeOf(head.AsSpan(0, length));
    }

    /// <summary>
    /// Whether a PDF names an encryption dictionary. Trailers and the dictionaries of cross-reference streams are never
    /// compressed, so the key stands in plain bytes wherever the trailer is, also in a file whose cross-reference is broken.
    /// </summary>
    public static async Task<bool> IsEncryptedPdfAsync(Stream content, CancellationToken ct)
    {
        // What follows the key, "12 0 R" or "<<", has to fit into what is carried over from one buffer to the next.
        const int carried = 64;
        content.Position = 0;
        var buffer = new byte[64 * 1024];
        var kept = 0;
        while (true)
        {
            var read = await content.ReadAsync(buffer.AsMemory(kept), ct);
            var length = kept + read;
            if (NamesEncryption(buffer.AsSpan(0, length)))
                return true;
            if (read == 0)
                return false;
            kept = Math.Min(carried, length);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }
    }

    private static string? TypeOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return Png;
        return head.IndexOf("%PDF-"u8) >= 0 ? Pdf : null;
    }

    private static bool NamesEncryption(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf(EncryptKey) is >= 0 and var at)
        {
            bytes = bytes[(at + EncryptKey.Length)..];
            var value = bytes.TrimStart(" \t\r\n\f\0"u8);
            if (value.StartsWith("<<"u8) || IsReference(value))
                return true;
        }
        return false;
    }

    /// <summary>"12 0 R", an indirect reference.</summary>
    private static bool IsReference(ReadOnlySpan<byte> value)
    {
        foreach (var _ in (ReadOnlySpan<int>)[0, 1])
        {
            var digits = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits <= 0)
                return false;
            var rest = value[digits..].TrimStart(" \t\r\n\f\0"u8);
            if (rest.Length == value.Length - digits)
                return false;
            value = rest;
        }
        return value.StartsWith("R"u8);
    }
}
