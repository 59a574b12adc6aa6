using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PedAtt.Documents.Pdf;

/// <summary>A font of one document: gives each code point used a number in the order of its first use, and so the
/// subset.</summary>
public sealed class PdfFont(TrueTypeFont font, string resource)
{
    private readonly List<int> _used = [];
    private readonly Dictionary<int, int> _number = [];

    public static PdfFont Regular() => new(Fonts.Regular.Value, "R");

    public static PdfFont Bold() => new(Fonts.Bold.Value, "B");

    /// <summary>The name in the pages' resources.</summary>
    public string Resource => resource;

    /// <summary>Height of a capital letter at one point.</summary>
    public double CapHeight => (double)font.CapHeight / font.UnitsPerEm;

    /// <summary>
    /// Text as it can be set: composed letters, nothing invisible, and U+FFFD for what the font cannot draw.
    /// A line break stays one, a tab is four spaces.
    /// </summary>
    public string Settable(string text) => Settable(text, replace: true);

    private string Settable(string text, bool replace)
    {
        var settable = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormC).ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n')
                settable.Append('\n');
            else if (rune.Value == '\t')
                settable.Append("    ");
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format)
                continue;
            else
                settable.Append(!replace || font.Has(rune.Value) ? rune : new Rune(TrueTypeFont.Replacement));
        }

        return settable.ToString();
    }

    /// <summary>The letters of a text that no font of ours can draw, each once: on the page they would be
    /// U+FFFD.</summary>
    public static IReadOnlyList<string> Unprintable(string text) =>
        [
            .. Regular()
                .Settable(text, replace: false)
                .EnumerateRunes()
                .Distinct()
                .Where(rune =>
                    rune.Value != '\n' && !(Fonts.Regular.Value.Has(rune.Value) && Fonts.Bold.Value.Has(rune.Value))
                )
                .Select(rune => rune.ToString()),
        ];

    /// <summary>The width of <see cref="Settable"/> text in points.</summary>
    public double Width(ReadOnlySpan<char> text, double size)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
            units += font.Advance(rune.Value);
        return units * size / font.UnitsPerEm;
    }

    /// <summary>The hexadecimal string that shows <see cref="Settable"/> text.</summary>
    public string Show(string text)
    {
        var hex = new StringBuilder("<");
        foreach (var rune in text.EnumerateRunes())
        {
            if (!_number.TryGetValue(rune.Value, out var number))
            {
                _used.Add(rune.Value);
                _number[rune.Value] = number = _used.Count;
            }

            hex.Append(number.ToString("X4"));
        }

        return hex.Append('>').ToString();
    }

    /// <summary>Writes the font's objects and answers the reference to it; null where no text was set in it.</summary>
    internal int? WriteTo(PdfFile file)
    {
        if (_used.Count == 0)
            return null;
        var subset = font.Subset(_used);
        var name = Tag(subset) + "+" + font.Name;
        var program = file.AddStream($"/Length1 {subset.Length}", subset);
        var box = font.Box;
        var descriptor = file.Add(
            $"""
            << /Type /FontDescriptor /FontName /{name} /Flags 4
               /FontBBox [{Em(box.XMin)} {Em(box.YMin)} {Em(box.XMax)} {Em(box.YMax)}] /ItalicAngle 0
               /Ascent {Em(font.Ascent)} /Descent {Em(font.Descent)} /CapHeight {Em(font.CapHeight)} /StemV 80
               /FontFile2 {program} 0 R >>
            """
        );
        var widths = string.Join(' ', _used.Select(codePoint => Em(font.Advance(codePoint))));
        var descendant = file.Add(
            $"""
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity /FontDescriptor {descriptor} 0 R
               /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [1 [{widths}]] >>
            """
        );
        var toUnicode = file.AddStream("", Encoding.ASCII.GetBytes(ToUnicode()));
        return file.Add(
            $"""
            << /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H
               /DescendantFonts [{descendant} 0 R] /ToUnicode {toUnicode} 0 R >>
            """
        );
    }

    private string ToUnicode()
    {
        var map = new StringBuilder(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """
        );
        foreach (var hundred in _used.Select((codePoint, i) => (codePoint, Number: i + 1)).Chunk(100))
        {
            map.Append($"{hundred.Length} beginbfchar\n");
            foreach (var (codePoint, number) in hundred)
            {
                var utf16 = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(codePoint)));
                map.Append($"<{number:X4}> <{utf16}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    /// <summary>The six letters that mark a subset, from its content: another subset, another name.</summary>
    private static string Tag(byte[] subset) =>
        string.Concat(SHA256.HashData(subset).Take(6).Select(part => (char)('A' + part % 26)));

    private int Em(int units) => (int)Math.Round(units * 1000.0 / font.UnitsPerEm);

    private static class Fonts
    {
        public static readonly Lazy<TrueTypeFont> Regular = new(() => Load("NotoSerif-Regular"));
        public static readonly Lazy<TrueTypeFont> Bold = new(() => Load("NotoSerif-Bold"));

        private static TrueTypeFont Load(string name)
        {
            using var resource =
                typeof(PdfFont).Assembly.GetManifestResourceStream($"{name}.ttf")
                ?? throw new InvalidOperationException($"The font {name} is not embedded in the assembly.");
            var file = new byte[resource.Length];
            resource.ReadExactly(file);
            return new TrueTypeFont(name, file);
        }
    }
}
