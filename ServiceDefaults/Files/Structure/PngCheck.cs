namespace PedAtt.ServiceDefaults.Files.Structure;

/// <summary>A PNG (ISO/IEC 15948) as a row of chunks: a header, the picture, an end; what a reader needs is
/// unharmed.</summary>
internal static class PngCheck
{
    /// <summary>Deflate packs 1,032 bytes into one at the most.</summary>
    private const long MostPacked = 1032;

    private static readonly uint[] Crc =
    [
        .. Enumerable
            .Range(0, 256)
            .Select(n =>
            {
                var value = (uint)n;
                for (var bit = 0; bit < 8; bit++)
                    value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
                return value;
            }),
    ];

    /// <returns>The code of a refusal, or null.</returns>
    public static string? Refusal(ByteWindow bytes)
    {
        long position = 8,
            packed = 0,
            raw = 0;
        var colours = false;
        var needsColours = false;
        for (var first = true; ; first = false)
        {
            var length = Number(bytes, position);
            if (length < 0 || position + 12 + length > bytes.Length)
                return SharedCodes.FileDamaged;
            var isHeader = bytes.Is(position + 4, "IHDR"u8);
            if (first != isHeader)
                return SharedCodes.FileDamaged;
            // A capital letter first: no reader can do without this chunk.
            if (bytes.At(position + 4) is >= 'A' and <= 'Z' && !IsUnharmed(bytes, position + 4, length + 4))
                return SharedCodes.FileDamaged;
            if (isHeader)
            {
                if (length != 13 || Header(bytes, position + 8) is not { } header)
                    return SharedCodes.FileDamaged;
                if (header.Pixels > FileContent.MaxPixels)
                    return SharedCodes.FileTooManyPixels;
                (raw, needsColours) = (header.Raw, header.NeedsColours);
            }
            else if (bytes.Is(position + 4, "PLTE"u8))
                colours = true;
            else if (bytes.Is(position + 4, "IDAT"u8))
                packed += length;
            else if (bytes.Is(position + 4, "IEND"u8))
                break;
            position += 12 + length;
        }
        return packed == 0 || packed * MostPacked < raw || (needsColours && !colours) ? SharedCodes.FileDamaged : null;
    }

    private static (long Pixels, long Raw, bool NeedsColours)? Header(ByteWindow bytes, long position)
    {
        var (width, height) = (Number(bytes, position), Number(bytes, position + 4));
        var (depth, colour) = (bytes.At(position + 8), bytes.At(position + 9));
        var samples = (colour, depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
            (2, 8 or 16) => 3,
            (4, 8 or 16) => 2,
            (6, 8 or 16) => 4,
            _ => 0,
        };
        if (width <= 0 || height <= 0 || samples == 0)
            return null;
        var pixels = width * height;
        return (pixels, pixels > FileContent.MaxPixels ? 0 : pixels * samples * depth / 8, colour == 3);
    }

    private static bool IsUnharmed(ByteWindow bytes, long from, long length)
    {
        var value = uint.MaxValue;
        for (var i = from; i < from + length; i++)
            value = Crc[(value ^ (uint)bytes.At(i)) & 0xFF] ^ (value >> 8);
        return (uint)Number32(bytes, from + length) == ~value;
    }

    /// <summary>Four bytes, at most 2³¹−1; else -1.</summary>
    private static long Number(ByteWindow bytes, long position) =>
        bytes.At(position + 3) >= 0 && Number32(bytes, position) is <= int.MaxValue and var number ? number : -1;

    private static long Number32(ByteWindow bytes, long position) =>
        ((long)bytes.At(position) << 24)
        | ((long)bytes.At(position + 1) << 16)
        | ((long)bytes.At(position + 2) << 8)
        | (long)bytes.At(position + 3);
}
