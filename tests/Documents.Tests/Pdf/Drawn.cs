using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.Documents.Tests.Pdf;

/// <summary>A word as it stands on its page, in points from the page's upper left corner.</summary>
public sealed record Word(int Page, double Left, double Top, double Right, double Bottom, string Text);

/// <summary>A PDF in a file of its own, looked at with other people's eyes.</summary>
public sealed partial class Drawn : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pedatt-pdf-").FullName;

    public Drawn(byte[] pdf)
    {
        Bytes = pdf;
        Path = System.IO.Path.Combine(folder, "paper.pdf");
        File.WriteAllBytes(Path, pdf);
    }

    public byte[] Bytes { get; }

    public string Path { get; }

    public Task<string> CheckAsync() => Tools.RunAsync("qpdf", "--check", Path);

    public Task<string> TextAsync() => Tools.RunAsync("pdftotext", "-layout", Path, "-");

    /// <summary>One line for each font: name, type, encoding, emb, sub, uni, object.</summary>
    public async Task<string[]> FontsAsync() =>
        [.. (await Tools.RunAsync("pdffonts", Path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)];

    public async Task<IReadOnlyList<Word>> WordsAsync()
    {
        var words = new List<Word>();
        var page = 0;
        foreach (var line in (await Tools.RunAsync("pdftotext", "-bbox", Path, "-")).Split('\n'))
        {
            if (line.Contains("<page ", StringComparison.Ordinal))
                page++;
            if (WordBox().Match(line) is { Success: true } box)
                words.Add(
                    new(
                        page,
                        Number(box, 1),
                        Number(box, 2),
                        Number(box, 3),
                        Number(box, 4),
                        WebUtility.HtmlDecode(box.Groups[5].Value)
                    )
                );
        }
        return words;

        static double Number(Match match, int group) =>
            double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>What a reader of QR codes reads on each page.</summary>
    public async Task<string[]> QrCodesAsync()
    {
        await Tools.RunAsync("pdftoppm", "-r", "150", "-png", Path, System.IO.Path.Combine(folder, "page"));
        var read = new List<string>();
        foreach (var page in Directory.GetFiles(folder, "page*.png").Order())
            read.Add((await Tools.RunAsync("zbarimg", "--quiet", "--raw", page)).Trim());
        return [.. read];
    }

    /// <summary>Every word inside the margins, none over another.</summary>
    public async Task LiesWellAsync()
    {
        var words = await WordsAsync();
        Assert.NotEmpty(words);
        foreach (var word in words)
        {
            Assert.True(
                word is { Left: > 55, Right: < 595.28 - 55, Top: > 35, Bottom: < 841.89 - 25 },
                $"off the page: {word}"
            );
        }
        foreach (var page in words.GroupBy(word => word.Page))
        {
            foreach (var (one, other) in page.SelectMany((one, i) => page.Skip(i + 1).Select(other => (one, other))))
            {
                var across = Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left);
                // A line's box is as high as the font's tallest letter, more than the leading: a third of it may touch.
                var down = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top);
                Assert.False(
                    across > 0.5 && down > 0.35 * Math.Min(one.Bottom - one.Top, other.Bottom - other.Top),
                    $"{one} lies over {other}"
                );
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex("""<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*)</word>""")]
    private static partial Regex WordBox();
}
