using System.Globalization;
using System.Security;
using System.Text;

namespace PedAtt.Documents.Pdf;

public enum Align
{
    Left,
    Centre,
    Right,
}

/// <summary>
/// An A4 document that is written from top to bottom: paragraphs, rows of label and value, a QR code at the foot.
/// Lengths are points. The result is a PDF/A-2u (ISO 19005-2, level U), and the same input gives the same bytes.
/// </summary>
public sealed class PdfDocument(string title, string language)
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    private const double Left = 62;
    private const double Right = 62;
    private const double Top = 44;
    private const double Bottom = 114; // the foot stands below it
    private const double LabelShare = 0.42;

    private readonly PdfFont regular = PdfFont.Regular();
    private readonly PdfFont bold = PdfFont.Bold();
    private readonly List<StringBuilder> pages = [new()];
    private double y = Height - Top;

    private static double Column => Width - Left - Right;

    private StringBuilder Page => pages[^1];

    public void Space(double points) => y -= points;

    /// <summary>Begins a page where less than this is left: what belongs together stays together.</summary>
    public void Keep(double points)
    {
        if (y - points >= Bottom)
            return;
        pages.Add(new());
        y = Height - Top;
    }

    /// <param name="indent">From the left margin, of all lines.</param>
    public void Paragraph(
        string text,
        double size = 10.5,
        bool strong = false,
        Align align = Align.Left,
        double after = 5,
        double indent = 0
    )
    {
        var font = strong ? bold : regular;
        foreach (var line in Wrap(font, text, size, Column - indent))
        {
            Keep(Leading(size));
            y -= Leading(size);
            var width = font.Width(line, size);
            var x = align switch
            {
                Align.Centre => Left + ((Column - width) / 2),
                Align.Right => Width - Right - width,
                _ => Left + indent,
            };
            Show(Page, font, line, size, x, y + (0.3 * size));
        }
        y -= after;
    }

    /// <summary>A row of the table: a label in both languages, and what was entered.</summary>
    public void Row(string label, string value, double size = 9)
    {
        var labels = Wrap(bold, label, size - 1, (Column * LabelShare) - 10);
        var values = Wrap(regular, value, size, Column * (1 - LabelShare));
        var lines = Math.Max(labels.Count, values.Count);
        Keep(Leading(size) * Math.Min(lines, 3));
        for (var i = 0; i < lines; i++)
        {
            Keep(Leading(size));
            y -= Leading(size);
            if (i < labels.Count)
                Show(Page, bold, labels[i], size - 1, Left, y + (0.3 * size));
            if (i < values.Count)
                Show(Page, regular, values[i], size, Left + (Column * LabelShare), y + (0.3 * size));
        }
        y -= 2;
        Line(Left, y, Width - Right, 0.4);
        y -= 2;
    }

    /// <summary>A line to write on by hand, with what belongs there under it in small.</summary>
    public void WritingLines(params (string Caption, double Share)[] fields)
    {
        Keep(46);
        y -= 30;
        var x = Left;
        foreach (var (caption, share) in fields)
        {
            var width = Column * share;
            Line(x, y, x + width - 14, 0.6);
            Show(Page, regular, regular.Settable(caption), 7.5, x, y - 10);
            x += width;
        }
        y -= 16;
    }

    /// <param name="modules">The QR code's squares, dark ones true, without its quiet zone.</param>
    /// <param name="foot">Beside the code on every page: how the document can be checked.</param>
    public byte[] Save(bool[,] modules, IReadOnlyList<string> foot, string number)
    {
        var file = new PdfFile();
        var tree = file.Reserve();
        for (var i = 0; i < pages.Count; i++)
            Foot(pages[i], modules, foot, $"{number}   ·   {i + 1} / {pages.Count}");

        // Pages refer to the fonts, so the fonts are written first; a font knows its letters once every page is drawn.
        var fonts = new[] { regular, bold }
            .Select(font => (font.Resource, Object: font.WriteTo(file)))
            .Where(font => font.Object is not null)
            .Select(font => $"/{font.Resource} {font.Object} 0 R");
        var resources = file.Add($"<< /Font << {string.Join(' ', fonts)} >> >>");
        List<int> kids = [];
        foreach (var page in pages)
        {
            var content = file.AddStream("", Encoding.ASCII.GetBytes(page.ToString()));
            kids.Add(
                file.Add(
                    $"""
                    << /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {N(Width)} {N(Height)}] /Resources {resources} 0 R
                       /Contents {content} 0 R >>
                    """
                )
            );
        }
        file.Set(
            tree,
            $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>"
        );

        var metadata = file.AddStream("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Xmp()));
        var profile = file.AddStream("/N 3 /Alternate /DeviceRGB", ColourProfile.Srgb());
        var intent = file.Add(
            $"""
            << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ({ColourProfile.Name})
               /Info ({ColourProfile.Name}) /DestOutputProfile {profile} 0 R >>
            """
        );
        var catalog = file.Add(
            $"""
            << /Type /Catalog /Pages {tree} 0 R /Metadata {metadata} 0 R /OutputIntents [{intent} 0 R] /Lang ({language})
               /ViewerPreferences << /DisplayDocTitle true >> >>
            """
        );
        var info = file.Add($"<< /Title {PdfFile.Text(title)} /Producer (PedAtt) >>");
        return file.Save(catalog, info);
    }

    /// <summary>By words; a word longer than the line is cut where it must be. A line break in the text stays
    /// one.</summary>
    private static List<string> Wrap(PdfFont font, string text, double size, double width)
    {
        const char joined = '\u00A0';
        var lines = new List<string>();
        // «№ 1» is one word.
        foreach (var paragraph in font.Settable(text).Replace("№ ", $"№{joined}", StringComparison.Ordinal).Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var rest = word;
                var longer = line.Length == 0 ? rest : $"{line} {rest}";
                if (font.Width(longer, size) <= width)
                {
                    line = longer;
                    continue;
                }
                if (line.Length > 0)
                    lines.Add(line);
                while (font.Width(rest, size) > width)
                {
                    var fits = Fitting(font, rest, size, width);
                    lines.Add(rest[..fits]);
                    rest = rest[fits..];
                }
                line = rest;
            }
            lines.Add(line);
        }
        return [.. lines.Select(line => line.Replace(joined, ' '))];
    }

    /// <summary>How many characters of the word fit, at least one, none of them half a letter.</summary>
    private static int Fitting(PdfFont font, string word, double size, double width)
    {
        var fits = 1;
        while (fits < word.Length && font.Width(word.AsSpan(0, fits + 1), size) <= width)
            fits++;
        return char.IsHighSurrogate(word[fits - 1]) ? Math.Max(fits - 1, 2) : fits;
    }

    private void Foot(StringBuilder page, bool[,] modules, IReadOnlyList<string> foot, string number)
    {
        const double side = 62,
            base_ = 38;
        Line(page, Left, base_ + side + 8, Width - Right, 0.4);
        var count = modules.GetLength(0);
        var module = side / count;
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < count; column++)
            {
                if (modules[row, column])
                    page.Append(
                        $"{N(Left + (column * module))} {N(base_ + side - ((row + 1) * module))} {N(module + 0.02)} {N(module + 0.02)} re\n"
                    );
            }
        }
        page.Append("f\n");
        var at = base_ + side - 8;
        foreach (var text in foot)
        {
            foreach (var line in Wrap(regular, text, 8, Column - side - 16))
            {
                Show(page, regular, line, 8, Left + side + 16, at);
                at -= 11;
            }
        }
        Show(page, regular, regular.Settable(number), 8, Left + side + 16, base_);
    }

    private void Line(double x1, double at, double x2, double width) => Line(Page, x1, at, x2, width);

    private static void Line(StringBuilder page, double x1, double at, double x2, double width) =>
        page.Append($"{N(width)} w {N(x1)} {N(at)} m {N(x2)} {N(at)} l S\n");

    private static void Show(StringBuilder page, PdfFont font, string text, double size, double x, double at)
    {
        if (text.Length > 0)
            page.Append($"BT /{font.Resource} {N(size)} Tf {N(x)} {N(at)} Td {font.Show(text)} Tj ET\n");
    }

    private static double Leading(double size) => size * 1.38;

    private static string N(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>XMP says what the document information says, and that it is a PDF/A-2u.</summary>
    private string Xmp() =>
        $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
             <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
              <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
                xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
               <pdfaid:part>2</pdfaid:part>
               <pdfaid:conformance>U</pdfaid:conformance>
               <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{SecurityElement.Escape(
                title
            )}</rdf:li></rdf:Alt></dc:title>
               <pdf:Producer>PedAtt</pdf:Producer>
              </rdf:Description>
             </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """.ReplaceLineEndings(
            "\n"
        );
}
