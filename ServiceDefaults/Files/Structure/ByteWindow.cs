namespace PedAtt.ServiceDefaults.Files.Structure;

/// <summary>The file asks for more work than a file of its size may: it is built to hold a reader up.</summary>
internal sealed class TooMuchWorkException : Exception;

/// <summary>
/// Random access to a file's bytes through one buffer: nothing holds the whole of it. What is read, and what is
/// charged, is counted, so that no file can keep a reader busy.
/// </summary>
internal sealed class ByteWindow(Stream content)
{
    private const int Size = 64 * 1024;

    /// <summary>So many bytes are kept before the place that was asked for: a reader steps back a little.</summary>
    private const int Behind = 1024;

    private readonly byte[] buffer = new byte[Size];
    private long start;
    private int filled;
    private long allowed = (64 * 1024 * 1024) + (content.Length * 8);

    public long Length { get; } = content.Length;

    /// <returns>The byte, or -1 behind the end.</returns>
    public int At(long position)
    {
        var offset = position - start;
        if ((ulong)offset < (ulong)filled)
            return buffer[offset];
        return (ulong)position < (ulong)Length && Fill(position) ? buffer[position - start] : -1;
    }

    public bool Is(long position, ReadOnlySpan<byte> expected)
    {
        for (var i = 0; i < expected.Length; i++)
            if (At(position + i) != expected[i])
                return false;
        return true;
    }

    /// <returns>Where the bytes stand first from there on, or -1.</returns>
    public long IndexOf(ReadOnlySpan<byte> what, long from)
    {
        while (from >= 0 && from + what.Length <= Length)
        {
            if (At(from) < 0)
                return -1;
            var held = buffer.AsSpan((int)(from - start), filled - (int)(from - start));
            if (held.Length < what.Length)
            {
                if (!Fill(from))
                    return -1;
                held = buffer.AsSpan((int)(from - start), filled - (int)(from - start));
                if (held.Length < what.Length)
                    return -1;
            }
            var at = held.IndexOf(what);
            if (at >= 0)
                return from + at;
            from += held.Length - what.Length + 1;
        }
        return -1;
    }

    public byte[] Read(long from, int length)
    {
        var bytes = new byte[(int)Math.Max(0, Math.Min(length, Length - from))];
        Charge(bytes.Length);
        content.Position = from;
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <exception cref="TooMuchWorkException"/>
    public void Charge(long work)
    {
        allowed -= work;
        if (allowed < 0)
            throw new TooMuchWorkException();
    }

    private bool Fill(long position)
    {
        start = Math.Max(0, position - Behind);
        content.Position = start;
        filled = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Charge(filled);
        return position - start < filled;
    }
}
