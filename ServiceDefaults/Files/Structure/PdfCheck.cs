using System.IO.Compression;

namespace PedAtt.ServiceDefaults.Files.Structure;

/// <summary>
/// Whether a PDF is whole, opens without a password, and what of it acts by itself. One pass over the file, as readers
/// recover one whose cross-reference is broken: objects, trailers, and afterwards what lies in object streams. Nothing
/// is drawn, no object but the few that matter is kept (docs/decisions/0010-the-gate-for-files.md).
/// </summary>
internal sealed class PdfCheck
{
    private const int MaxKept = 100_000;
    private const int MaxPacked = 8 * 1024 * 1024;
    private const int MaxUnpacked = 16 * 1024 * 1024;

    /// <summary>A file that lacks fewer of the bytes that it was saved with lost nothing but what stands behind its
    /// end.</summary>
    private const int LostAtEnd = 1024;

    private sealed record ObjectStream(int Number, int Generation, PdfDictionary Dictionary, long From, long Length);

    private readonly ByteWindow bytes;
    private readonly long header;
    private readonly PdfParser parser;
    private readonly List<PdfDictionary> trailers = [];
    private readonly HashSet<int> catalogues = [];
    private readonly Dictionary<int, PdfDictionary> handlers = [];
    private readonly List<ObjectStream> packed = [];
    private long lastObject,
        lastEnd;
    private long? startOfReferences;
    private long savedAs;
    private bool hasPage,
        launches;

    private PdfCheck(ByteWindow bytes, long header)
    {
        (this.bytes, this.header) = (bytes, header);
        parser = new PdfParser(bytes, Look) { Position = header };
    }

    /// <param name="header">Where <c>%PDF-</c> stands.</param>
    public static (string? Refusal, bool Active) Check(ByteWindow bytes, long header)
    {
        var check = new PdfCheck(bytes, header);
        return (check.Refusal(), check.Active);
    }

    /// <summary>It runs scripts or carries other files.</summary>
    private bool Active { get; set; }

    private string? Refusal()
    {
        ReadFile();
        ReadNewestTrailer();
        if (Encryption(out var encryption) is { } refusal)
            return refusal;
        foreach (var stream in packed)
            ReadPacked(stream, encryption);
        if (!IsWhole())
            return SharedCodes.FileDamaged;
        return launches ? SharedCodes.FileUnsafe : null;
    }

    /// <summary>A trailer that names a root, the root itself, a page, and nothing that was still to be closed by
    /// another trailer.</summary>
    private bool IsWhole()
    {
        var roots = trailers
            .Select(trailer => trailer.GetValueOrDefault("Root"))
            .Where(root => root is not null)
            .ToArray();
        var rooted =
            roots.Any(root =>
                root is PdfDictionary || (root is PdfReference reference && catalogues.Contains(reference.Number))
            ) || (roots.Length == 0 && startOfReferences is not null && catalogues.Count > 0);
        return rooted && hasPage && lastObject < lastEnd && savedAs <= bytes.Length + LostAtEnd;
    }

    private void ReadFile()
    {
        while (true)
        {
            parser.SkipSpace();
            var at = parser.Position;
            var next = bytes.At(at);
            if (next < 0)
                return;
            if (next is >= '0' and <= '9' && TryReadObject(at))
                continue;
            if (next is 't' && parser.TakeWord("trailer"u8))
            {
                var end = parser.Position;
                if (parser.ReadObject() is PdfDictionary trailer)
                    AddTrailer(trailer, parser.Position);
                else
                    parser.Position = end;
                continue;
            }
            if (next is 's' && parser.TakeWord("startxref"u8))
            {
                parser.SkipSpace();
                lastEnd = at;
                if (parser.TakeNumber(out var start))
                    startOfReferences = start;
                continue;
            }
            SkipToken();
        }
    }

    private void SkipToken()
    {
        parser.Position++;
        while (PdfParser.IsRegular(bytes.At(parser.Position)))
            parser.Position++;
    }

    private bool TryReadObject(long at)
    {
        if (!TakeObjectHead(out var number, out var generation))
        {
            parser.Position = at;
            return false;
        }
        var value = parser.ReadObject();
        parser.SkipSpace();
        var dictionary = value as PdfDictionary;
        var complete = true;
        var (from, length) = (0L, 0L);
        if (dictionary is not null && parser.TakeWord("stream"u8))
            complete = TakeStream(dictionary, out from, out length);
        if (dictionary?.Name("Type") == "XRef" && complete)
            AddTrailer(dictionary, parser.Position);
        else
            lastObject = at;
        if (dictionary is null)
            return true;
        LookAtObject(number, dictionary);
        if (dictionary.Integer("L") is { } whole && dictionary.ContainsKey("Linearized"))
            savedAs = Math.Max(savedAs, whole + header);
        if (dictionary.Name("Type") == "ObjStm" && length > 0)
            Keep(packed, new ObjectStream(number, generation, dictionary, from, length));
        return true;
    }

    private bool TakeObjectHead(out int number, out int generation)
    {
        generation = 0;
        if (!parser.TakeNumber(out number))
            return false;
        parser.SkipSpace();
        if (!parser.TakeNumber(out generation))
            return false;
        parser.SkipSpace();
        // "1 0 obj<<" and "1 0 objnull" alike.
        if (!bytes.Is(parser.Position, "obj"u8))
            return false;
        parser.Position += 3;
        return true;
    }

    /// <summary>Passes over the stream, by its length where that leads to its end.</summary>
    /// <returns>Whether it has an end.</returns>
    private bool TakeStream(PdfDictionary dictionary, out long from, out long length)
    {
        while (bytes.At(parser.Position) is ' ' or '\t')
            parser.Position++;
        if (bytes.At(parser.Position) == '\r')
            parser.Position++;
        if (bytes.At(parser.Position) == '\n')
            parser.Position++;
        (from, length) = (parser.Position, 0);
        if (dictionary.Integer("Length") is { } said and >= 0 && from + said <= bytes.Length && IsEndAfter(from + said))
        {
            length = said;
            return true;
        }
        // Its length is wrong, or stands elsewhere. Where even the word is missing, the object's end is the stream's.
        var end = bytes.IndexOf("endstream"u8, from);
        var complete = end >= 0 || (end = bytes.IndexOf("endobj"u8, from)) >= 0;
        if (!complete)
            end = bytes.Length;
        (length, parser.Position) = (end - from, end);
        SkipToken();
        return complete;
    }

    private bool IsEndAfter(long position)
    {
        parser.Position = position;
        while (PdfParser.IsSpace(bytes.At(parser.Position)) && parser.Position < position + 8)
            parser.Position++;
        return parser.TakeWord("endstream"u8) || parser.TakeWord("endobj"u8);
    }

    /// <summary>The trailer that readers begin with may lie where the pass did not see it.</summary>
    private void ReadNewestTrailer()
    {
        var start = (startOfReferences ?? 0) + header;
        if (start == header || start >= bytes.Length)
            return;
        parser.Position = start;
        parser.SkipSpace();
        if (TakeObjectHead(out _, out _))
        {
            if (parser.ReadObject() is PdfDictionary dictionary && dictionary.Name("Type") == "XRef")
                Keep(trailers, dictionary);
            return;
        }
        parser.Position = start;
        parser.SkipSpace();
        if (bytes.Is(parser.Position, "xref"u8) && bytes.IndexOf("trailer"u8, parser.Position) is >= 0 and var at)
        {
            parser.Position = at + "trailer".Length;
            if (parser.ReadObject() is PdfDictionary trailer)
                Keep(trailers, trailer);
        }
    }

    private void AddTrailer(PdfDictionary trailer, long end)
    {
        lastEnd = end;
        Keep(trailers, trailer);
    }

    private string? Encryption(out PdfEncryption? encryption)
    {
        encryption = null;
        foreach (var trailer in trailers.Where(trailer => trailer.GetValueOrDefault("Encrypt") is not null))
        {
            var handler = trailer["Encrypt"] switch
            {
                PdfDictionary direct => direct,
                PdfReference reference => handlers.GetValueOrDefault(reference.Number),
                _ => null,
            };
            // A reference to nothing is nothing (7.3.10).
            if (handler is null)
                continue;
            var id =
                trailers
                    .Select(one => one.GetValueOrDefault("ID"))
                    .OfType<List<object?>>()
                    .Select(one => one.FirstOrDefault() as byte[])
                    .FirstOrDefault(one => one is not null)
                ?? [];
            encryption = PdfEncryption.Open(handler, id);
            if (encryption is null)
                return SharedCodes.FileEncrypted;
        }
        return null;
    }

    private void ReadPacked(ObjectStream stream, PdfEncryption? encryption)
    {
        if (stream.Length > MaxPacked)
            throw new TooMuchWorkException();
        var content = bytes.Read(stream.From, (int)stream.Length);
        if (encryption is not null)
            content = encryption.Decrypt(content, stream.Number, stream.Generation);
        using var unpacked = Unpack(content, stream.Dictionary);
        var within = new ByteWindow(unpacked);
        var inner = new PdfParser(within, Look);
        var first = stream.Dictionary.Integer("First") ?? 0;
        var numbers = new List<(int Number, long At)>();
        for (var i = 0L; i < (stream.Dictionary.Integer("N") ?? 0); i++)
        {
            inner.SkipSpace();
            if (!inner.TakeNumber(out var number))
                break;
            inner.SkipSpace();
            if (!inner.TakeNumber(out var at))
                break;
            Keep(numbers, (number, first + at));
        }
        foreach (var (number, at) in numbers)
        {
            inner.Position = at;
            if (inner.ReadObject() is PdfDictionary dictionary)
                LookAtObject(number, dictionary);
            bytes.Charge(inner.Position - at);
        }
    }

    /// <summary>What can be unpacked of it; where it breaks off, what came before.</summary>
    private MemoryStream Unpack(byte[] content, PdfDictionary dictionary)
    {
        var filter = dictionary.GetValueOrDefault("Filter") is List<object?> { Count: 1 } list
            ? list[0]
            : dictionary.GetValueOrDefault("Filter");
        if (filter is not PdfName { Text: "FlateDecode" or "Fl" or "BrotliDecode" } name)
            return new MemoryStream(content);
        var unpacked = new MemoryStream();
        try
        {
            using Stream plain =
                name.Text == "BrotliDecode"
                    ? new BrotliStream(new MemoryStream(content), CompressionMode.Decompress)
                    : new ZLibStream(new MemoryStream(content), CompressionMode.Decompress);
            var piece = new byte[16 * 1024];
            int read;
            while ((read = plain.Read(piece)) > 0)
            {
                if (unpacked.Length + read > MaxUnpacked)
                    throw new TooMuchWorkException();
                // Unpacking costs more than reading.
                bytes.Charge(2L * read);
                unpacked.Write(piece, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException)
        {
            // Readers show what they have of it, too.
        }
        return unpacked;
    }

    private void LookAtObject(int number, PdfDictionary dictionary)
    {
        if (dictionary.Name("Type") == "Catalog" || dictionary.ContainsKey("Pages"))
            if (catalogues.Count < MaxKept)
                catalogues.Add(number);
        if (
            dictionary.ContainsKey("O") && dictionary.ContainsKey("U") && dictionary.ContainsKey("Filter")
            || dictionary.Name("Filter") is not null
                && dictionary.ContainsKey("V")
                && dictionary.Name("Type") != "XRef"
                && !dictionary.ContainsKey("Length1")
        )
            if (handlers.Count < 64)
                handlers[number] = dictionary;
    }

    private void Look(PdfDictionary dictionary)
    {
        hasPage |=
            dictionary.Name("Type") == "Page"
            || (
                dictionary.ContainsKey("Parent")
                && !dictionary.ContainsKey("Kids")
                && (dictionary.ContainsKey("MediaBox") || dictionary.ContainsKey("Contents"))
            );
        var action = dictionary.Name("S");
        launches |= action == "Launch";
        Active |=
            action == "JavaScript"
            || dictionary.ContainsKey("JS")
            || dictionary.ContainsKey("JavaScript")
            || dictionary.Name("Type") == "EmbeddedFile"
            || dictionary.ContainsKey("EmbeddedFiles")
            || dictionary.ContainsKey("EF")
            || dictionary.Name("Subtype") == "RichMedia";
    }

    private static void Keep<T>(List<T> list, T one)
    {
        if (list.Count >= MaxKept)
            throw new TooMuchWorkException();
        list.Add(one);
    }
}
