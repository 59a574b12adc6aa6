using System.Buffers.Binary;
using System.Text;

namespace PedAtt.Documents.Pdf;

/// <summary>
/// A TrueType font (glyf outlines) as a PDF needs it: which glyph a code point has, how wide it is, and a subset that
/// holds nothing else. Lengths are in units of the font, <see cref="UnitsPerEm"/> to the em.
/// </summary>
public sealed class TrueTypeFont
{
    /// <summary>What stands for a character that the font does not have: a PDF/A may not show glyph 0.</summary>
    public const int Replacement = 0xFFFD;

    private readonly byte[] _file;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = [];
    private readonly Dictionary<int, ushort> _glyphOf = [];
    private readonly int _longMetrics;
    private readonly bool _longOffsets;

    public string Name { get; }
    public int UnitsPerEm { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int CapHeight { get; }
    public (int XMin, int YMin, int XMax, int YMax) Box { get; }

    /// <exception cref="InvalidDataException">The file is no TrueType font with outlines, or has no Unicode
    /// map.</exception>
    public TrueTypeFont(string name, byte[] file)
    {
        Name = name;
        _file = file;
        for (int i = 0, count = U16(4); i < count; i++)
        {
            var record = 12 + i * 16;
            _tables[Encoding.ASCII.GetString(file, record, 4)] = (I32(record + 8), I32(record + 12));
        }

        foreach (var table in (string[])["head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "OS/2"])
            if (!_tables.ContainsKey(table))
                throw new InvalidDataException($"The font {name} has no table {table}.");

        var head = At("head");
        UnitsPerEm = U16(head + 18);
        Box = (I16(head + 36), I16(head + 38), I16(head + 40), I16(head + 42));
        _longOffsets = I16(head + 50) == 1;
        Ascent = I16(At("hhea") + 4);
        Descent = I16(At("hhea") + 6);
        _longMetrics = U16(At("hhea") + 34);
        CapHeight = I16(At("OS/2") + 88);
        ReadCharacterMap();
        if (!_glyphOf.ContainsKey(Replacement))
            throw new InvalidDataException($"The font {name} has no U+FFFD.");
    }

    public bool Has(int codePoint) => _glyphOf.ContainsKey(codePoint);

    /// <summary>The advance width of a code point that the font <see cref="Has"/>.</summary>
    public int Advance(int codePoint) => AdvanceOfGlyph(_glyphOf[codePoint]);

    /// <summary>
    /// A font file whose glyph n+1 is that of <paramref name="codePoints"/>[n]. Each code point gets its own glyph,
    /// even where the font draws two of them (Latin A and Cyrillic А) with one: so the text can be read back exactly.
    /// Hinting is left out: no reader of today grid-fits an embedded font, and it is half of its size.
    /// </summary>
    public byte[] Subset(IReadOnlyList<int> codePoints)
    {
        var glyphs = new List<ushort> { 0 };
        glyphs.AddRange(codePoints.Select(codePoint => _glyphOf[codePoint]));
        var outlines = new List<byte[]>();
        var parts = new Dictionary<ushort, ushort>();
        for (var i = 0; i < glyphs.Count; i++)
        {
            var outline = Outline(glyphs[i]);
            if (outline.Length > 0 && BinaryPrimitives.ReadInt16BigEndian(outline) < 0)
                outline = Composite(
                    outline,
                    part =>
                    {
                        if (!parts.TryGetValue(part, out var at))
                        {
                            parts[part] = at = (ushort)glyphs.Count;
                            glyphs.Add(part);
                        }

                        return at;
                    }
                );
            else if (outline.Length > 0)
                outline = Simple(outline);
            outlines.Add(outline);
        }

        var glyf = new MemoryStream();
        var loca = new byte[(outlines.Count + 1) * 4];
        for (var i = 0; i < outlines.Count; i++)
        {
            glyf.Write(outlines[i]);
            while (glyf.Length % 4 != 0)
                glyf.WriteByte(0);
            BinaryPrimitives.WriteInt32BigEndian(loca.AsSpan((i + 1) * 4), (int)glyf.Length);
        }

        var hmtx = new byte[glyphs.Count * 4];
        for (var i = 0; i < glyphs.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(hmtx.AsSpan(i * 4), (ushort)AdvanceOfGlyph(glyphs[i]));
            BinaryPrimitives.WriteInt16BigEndian(hmtx.AsSpan(i * 4 + 2), (short)BearingOfGlyph(glyphs[i]));
        }

        var head = Table("head");
        head.AsSpan(8, 4).Clear(); // the checksum of the whole, written last
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        var hhea = Table("hhea");
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)glyphs.Count);
        var maxp = Table("maxp");
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)glyphs.Count);
        return Assemble([
            ("glyf", glyf.ToArray()),
            ("head", head),
            ("hhea", hhea),
            ("hmtx", hmtx),
            ("loca", loca),
            ("maxp", maxp),
        ]);
    }

    private static byte[] Assemble((string Tag, byte[] Bytes)[] tables)
    {
        var file = new byte[12 + tables.Length * 16 + tables.Sum(table => (table.Bytes.Length + 3) / 4 * 4)];
        var span = file.AsSpan();
        var log = (int)Math.Log2(tables.Length);
        BinaryPrimitives.WriteInt32BigEndian(span, 0x00010000);
        BinaryPrimitives.WriteInt16BigEndian(span[4..], (short)tables.Length);
        BinaryPrimitives.WriteInt16BigEndian(span[6..], (short)(16 << log));
        BinaryPrimitives.WriteInt16BigEndian(span[8..], (short)log);
        BinaryPrimitives.WriteInt16BigEndian(span[10..], (short)(tables.Length * 16 - (16 << log)));
        var (at, headAt) = (12 + tables.Length * 16, 0);
        for (var i = 0; i < tables.Length; i++)
        {
            var (tag, bytes) = tables[i];
            bytes.CopyTo(span[at..]);
            if (tag == "head")
                headAt = at;
            var record = span[(12 + i * 16)..];
            Encoding.ASCII.GetBytes(tag, record);
            var padded = (bytes.Length + 3) / 4 * 4;
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Checksum(span.Slice(at, padded)));
            BinaryPrimitives.WriteInt32BigEndian(record[8..], at);
            BinaryPrimitives.WriteInt32BigEndian(record[12..], bytes.Length);
            at += padded;
        }

        BinaryPrimitives.WriteUInt32BigEndian(span[(headAt + 8)..], unchecked(0xB1B0AFBA - Checksum(span)));
        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i += 4)
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        return sum;
    }

    /// <summary>An outline of contours without its instructions.</summary>
    private static byte[] Simple(byte[] outline)
    {
        var at = 10 + BinaryPrimitives.ReadInt16BigEndian(outline) * 2;
        var instructions = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
        return [.. outline.AsSpan(0, at), 0, 0, .. outline.AsSpan(at + 2 + instructions)];
    }

    /// <summary>An outline made of other glyphs, which are renumbered; without its instructions.</summary>
    private static byte[] Composite(byte[] outline, Func<ushort, ushort> renumber)
    {
        const int wordArguments = 0x1,
            scale = 0x8,
            more = 0x20,
            twoScales = 0x40,
            matrix = 0x80,
            instructions = 0x100;
        var span = outline.AsSpan();
        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(span[at..]);
            BinaryPrimitives.WriteUInt16BigEndian(span[at..], (ushort)(flags & ~instructions));
            var part = BinaryPrimitives.ReadUInt16BigEndian(span[(at + 2)..]);
            BinaryPrimitives.WriteUInt16BigEndian(span[(at + 2)..], renumber(part));
            at += 4 + ((flags & wordArguments) != 0 ? 4 : 2);
            at +=
                (flags & scale) != 0 ? 2
                : (flags & twoScales) != 0 ? 4
                : (flags & matrix) != 0 ? 8
                : 0;
        } while ((flags & more) != 0);

        return outline[..at];
    }

    private byte[] Outline(ushort glyph)
    {
        var loca = At("loca");
        var (from, to) = _longOffsets
            ? (I32(loca + glyph * 4), I32(loca + glyph * 4 + 4))
            : (U16(loca + glyph * 2) * 2, U16(loca + glyph * 2 + 2) * 2);
        return _file[(At("glyf") + from)..(At("glyf") + to)];
    }

    private int AdvanceOfGlyph(ushort glyph) => U16(At("hmtx") + Math.Min(glyph, _longMetrics - 1) * 4);

    private int BearingOfGlyph(ushort glyph) =>
        glyph < _longMetrics
            ? I16(At("hmtx") + glyph * 4 + 2)
            : I16(At("hmtx") + _longMetrics * 4 + (glyph - _longMetrics) * 2);

    private void ReadCharacterMap()
    {
        var cmap = At("cmap");
        for (int i = 0, count = U16(cmap + 2); i < count; i++)
        {
            var (platform, map) = (U16(cmap + 4 + i * 8), cmap + I32(cmap + 8 + i * 8));
            if (platform is not (0 or 3))
                continue;
            if (U16(map) == 4)
                ReadSegments(map);
            else if (U16(map) == 12)
                ReadGroups(map);
        }
    }

    private void ReadSegments(int map)
    {
        var segments = U16(map + 6) / 2;
        var (ends, starts) = (map + 14, map + 16 + segments * 2);
        var (deltas, ranges) = (starts + segments * 2, starts + segments * 4);
        for (var s = 0; s < segments; s++)
        {
            var (end, start, delta) = (U16(ends + s * 2), U16(starts + s * 2), U16(deltas + s * 2));
            var range = U16(ranges + s * 2);
            for (var code = start; code <= end && code < 0xFFFF; code++)
            {
                var glyph = range == 0 ? code : U16(ranges + s * 2 + range + (code - start) * 2);
                if (range == 0 || glyph != 0)
                    glyph = (glyph + delta) & 0xFFFF;
                if (glyph != 0)
                    _glyphOf.TryAdd(code, (ushort)glyph);
            }
        }
    }

    private void ReadGroups(int map)
    {
        for (int g = 0, count = I32(map + 12); g < count; g++)
        {
            var group = map + 16 + g * 12;
            for (int code = I32(group), end = I32(group + 4), glyph = I32(group + 8); code <= end; code++, glyph++)
                _glyphOf.TryAdd(code, (ushort)glyph);
        }
    }

    private int At(string table) => _tables[table].Offset;

    private byte[] Table(string table) => _file.AsSpan(_tables[table].Offset, _tables[table].Length).ToArray();

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private int I16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private int I32(int at) => BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(at));
}
