using System.Buffers;
using PedAtt.ServiceDefaults.Files.Structure;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>What a file is, by what is in it.</summary>
/// <param name="ContentType">One of the three types, or null for anything else.</param>
/// <param name="Refusal">The code for which it is refused, or null.</param>
/// <param name="Active">A PDF that runs scripts or carries other files: who opens it is told.</param>
public sealed record FileVerdict(string? ContentType, string? Refusal, bool Active = false);

/// <summary>
/// The gate: tells what a file is by its structure; its name and the type its sender claims count for nothing. What it
/// takes is bounded (docs/decisions/0010-the-gate-for-files.md).
/// </summary>
public static class FileContent
{
    public const string Pdf = "application/pdf";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";

    /// <summary>What the largest telephone takes, 16,320 × 12,240; an A3 page at 600 dpi has a third of it.</summary>
    public const long MaxPixels = 200_000_000;

    /// <summary>Readers look for the header this far in: mail and scanners write a few lines before it.</summary>
    private const int HeaderWithin = 1024;

    private static readonly SearchValues<byte> NameOfHeader = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"u8
    );

    /// <summary>Checks take a processor each, and some megabytes: no more of them at once than there are
    /// processors.</summary>
    private static readonly SemaphoreSlim Checks = new(Environment.ProcessorCount);

    /// <param name="content">Is read from its beginning, wherever it stands.</param>
    public static async Task<FileVerdict> CheckAsync(Stream content, CancellationToken ct)
    {
        await Checks.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Check(content), ct);
        }
        finally
        {
            Checks.Release();
        }
    }

    public static FileVerdict Check(Stream content)
    {
        var bytes = new ByteWindow(content);
        var type = TypeOf(bytes, out var header);
        try
        {
            switch (type)
            {
                case Jpeg:
                    return new(type, JpegCheck.Refusal(bytes));
                case Png:
                    return new(type, PngCheck.Refusal(bytes));
                case Pdf:
                    var (refusal, active) = PdfCheck.Check(bytes, header);
                    return new(type, refusal, active);
                default:
                    return new(null, SharedCodes.FileType);
            }
        }
        catch (TooMuchWorkException)
        {
            return new(type, SharedCodes.FileDamaged);
        }
    }

    private static string? TypeOf(ByteWindow bytes, out long header)
    {
        header = 0;
        if (bytes.Is(0, [0xFF, 0xD8, 0xFF]))
            return Jpeg;
        if (bytes.Is(0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return Png;
        header = bytes.IndexOf("%PDF-"u8, 0);
        return header is >= 0 and < HeaderWithin && MayStandBefore(bytes.Read(0, (int)header)) ? Pdf : null;
    }

    /// <summary>
    /// White space, a byte order mark, the headers of a mail or of a form. Anything else before the header is another
    /// file, which its program would run: a web page, a batch file, an archive.
    /// </summary>
    private static bool MayStandBefore(ReadOnlySpan<byte> before)
    {
        if (before.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            before = before[3..];
        var headers = false;
        while (before.Length > 0)
        {
            var end = before.IndexOf((byte)'\n');
            var line = end < 0 ? before : before[..end];
            before = end < 0 ? [] : before[(end + 1)..];
            if (line.Trim(" \t\r\f\0"u8).Length == 0)
                continue;
            if (
                line.ContainsAnyExceptInRange((byte)' ', (byte)'~')
                && line.TrimEnd("\r\t"u8).ContainsAnyExceptInRange((byte)' ', (byte)'~')
            )
                return false;
            if (headers && line[0] is (byte)' ' or (byte)'\t')
                continue;
            if (!line.StartsWith("--"u8) && !IsHeader(line))
                return false;
            headers = true;
        }
        return true;
    }

    /// <summary><c>Content-Type: …</c>: with a hyphen in the name, which no programming language takes for a
    /// label.</summary>
    private static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var name = line[..Math.Max(0, line.IndexOf((byte)':'))];
        return name.Contains((byte)'-') && !name.ContainsAnyExcept(NameOfHeader);
    }
}
