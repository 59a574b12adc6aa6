namespace PedAtt.ServiceDefaults.Files.Structure;

/// <summary>A JPEG (ITU-T T.81, annex B) as a row of segments: a frame, a scan, and an end.</summary>
internal static class JpegCheck
{
    /// <returns>The code of a refusal, or null.</returns>
    public static string? Refusal(ByteWindow bytes)
    {
        long width = 0,
            height = 0,
            packed = 0;
        var (framed, scanned, sequential) = (false, false, false);
        long position = 2;
        while (true)
        {
            // Readers pass over what stands between segments.
            if ((position = bytes.IndexOf([0xFF], position)) < 0)
                return SharedCodes.FileDamaged;
            while (bytes.At(position) == 0xFF)
                position++;
            var marker = bytes.At(position++);
            if (marker < 0)
                return SharedCodes.FileDamaged;
            if (marker is 0x00 or 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7))
                continue;
            if (marker == 0xD9)
                break;
            var length = (bytes.At(position) << 8) | bytes.At(position + 1);
            if (length < 2 || position + length > bytes.Length)
                return SharedCodes.FileDamaged;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) or 0xF7)
            {
                framed = true;
                sequential = marker is 0xC0 or 0xC1;
                height = (bytes.At(position + 3) << 8) | bytes.At(position + 4);
                width = (bytes.At(position + 5) << 8) | bytes.At(position + 6);
                if (length < 11 || width == 0)
                    return SharedCodes.FileDamaged;
            }
            position += length;
            if (marker != 0xDA)
                continue;
            if (!framed)
                return SharedCodes.FileDamaged;
            scanned = true;
            var from = position;
            position = EndOfScan(bytes, position);
            packed += position - from;
        }
        if (!scanned)
            return SharedCodes.FileDamaged;
        if (width * height > FileContent.MaxPixels)
            return SharedCodes.FileTooManyPixels;
        // Each square of 8 by 8 points takes two codes of at least a bit: less than that is a head without a picture.
        return sequential && packed * 4 < width / 8 * (height / 8) ? SharedCodes.FileDamaged : null;
    }

    /// <summary>The next marker that is no restart and no byte of the scan itself; the end of the file where there is
    /// none.</summary>
    private static long EndOfScan(ByteWindow bytes, long position)
    {
        while ((position = bytes.IndexOf([0xFF], position)) >= 0)
        {
            var next = bytes.At(position + 1);
            if (next is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))
                return position;
            position++;
        }
        return bytes.Length;
    }
}
