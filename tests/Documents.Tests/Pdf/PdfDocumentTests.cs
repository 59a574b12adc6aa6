using System.Text;
using PedAtt.Documents.Pdf;

namespace PedAtt.Documents.Tests.Pdf;

public sealed class PdfDocumentTests
{
    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        Assert.Equal(Make(Text), Make(Text));
        Assert.NotEqual(Make(Text), Make(page => page.Paragraph("Басқа мәтін")));

        static void Text(PdfDocument page) => page.Paragraph("Мәтін");
    }

    [Fact]
    public async Task Its_structure_is_sound_and_every_font_is_embedded_subset_and_readable()
    {
        using var drawn = new Drawn(
            Make(page =>
            {
                page.Paragraph("Қалың және жай қаріп", strong: true);
                page.Paragraph("Ұлы дала");
            })
        );
        var check = await drawn.CheckAsync();
        Assert.Contains("No syntax or stream encoding errors found", check, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", check, StringComparison.Ordinal);
        var fonts = await drawn.FontsAsync();
        Assert.Equal(2, fonts.Length);
        Assert.All(
            fonts,
            font => Assert.Matches(@"^[A-Z]{6}\+NotoSerif-\S+\s+CID TrueType\s+Identity-H\s+yes yes yes", font)
        );
    }

    [Fact]
    public void It_says_that_it_is_a_PDF_A_2u()
    {
        var text = Encoding.Latin1.GetString(Make(page => page.Paragraph("А")));
        foreach (
            var part in (string[])
                [
                    "<pdfaid:part>2</pdfaid:part>",
                    "<pdfaid:conformance>U</pdfaid:conformance>",
                    "/GTS_PDFA1",
                    "/Lang (kk)",
                    "/DestOutputProfile",
                ]
        )
            Assert.Contains(part, text, StringComparison.Ordinal);
        foreach (var forbidden in (string[])["/Encrypt", "/JavaScript", "/CreationDate", "/ModDate", "/LZWDecode"])
            Assert.DoesNotContain(forbidden, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_letter_comes_back_as_it_was_written()
    {
        var alphabet =
            $"АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя{Given.KazakhLetters}"
            + "ABCXYZabcxyz0123456789«»„“”–—№₸%@+()[]/\\&<>'\"";
        using var drawn = new Drawn(
            Make(page =>
            {
                foreach (var letter in alphabet.Chunk(20))
                {
                    page.Paragraph(new string(letter), strong: true);
                    page.Paragraph(new string(letter));
                }
            })
        );
        var text = await drawn.TextAsync();
        foreach (var letter in alphabet.Chunk(20))
            Assert.Equal(2, text.Split('\n').Count(line => line.Trim() == new string(letter)));
    }

    [Fact]
    public async Task What_the_font_cannot_draw_is_seen_to_be_missing_and_nothing_invisible_is_set()
    {
        using var drawn = new Drawn(Make(page => page.Paragraph("а漢б\u200Bв\u0007г И\u0306 x\u00ADy😀")));
        Assert.Equal("а\uFFFDбвг Й xy\uFFFD", (await drawn.TextAsync()).Split('\n')[0].Trim());
    }

    [Fact]
    public async Task A_word_of_300_letters_is_cut_and_stays_on_the_page()
    {
        var word = string.Concat(Enumerable.Repeat("қызықтыҰстаз", 25));
        using var drawn = new Drawn(
            Make(page =>
            {
                page.Paragraph($"бұл {word} сөз");
                page.Row("Лауазымы", word);
                page.Row(word, "Лауазымы");
            })
        );
        await drawn.LiesWellAsync();
        var letters = string.Concat((await drawn.WordsAsync()).Select(one => one.Text));
        Assert.Contains(word, letters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_many_pages_goes_on_and_each_page_has_its_foot()
    {
        var text = string.Join(' ', Enumerable.Range(0, 2500).Select(i => $"сөз{i}"));
        using var drawn = new Drawn(
            Make(page =>
            {
                page.Paragraph(text);
                page.Row("Өзім туралы", text);
                page.WritingLines(("күні", 0.5), ("қолы", 0.5));
            })
        );
        await drawn.LiesWellAsync();
        var words = await drawn.WordsAsync();
        Assert.Equal(2, words.Count(word => word.Text == "сөз2499"));
        var pages = words.Max(word => word.Page);
        Assert.InRange(pages, 4, 20);
        Assert.Equal(pages, words.Count(word => word.Text == "мұнда"));
        // Nothing of the text reaches into the foot.
        Assert.All(
            words.Where(word => word.Text.StartsWith("сөз", StringComparison.Ordinal)),
            word => Assert.True(word.Bottom < 841.89 - 108, $"{word}")
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("   ")]
    [InlineData("жол\r\nжол\rжол\tаяғы")]
    public async Task Odd_texts_are_set_without_complaint(string text)
    {
        using var drawn = new Drawn(
            Make(page =>
            {
                page.Paragraph(text);
                page.Row(text, text);
            })
        );
        await drawn.CheckAsync();
    }

    [Fact]
    public async Task A_title_with_marks_of_XML_keeps_the_metadata_whole()
    {
        using var drawn = new Drawn(new PdfDocument("А & <Б> \"В\"", "kk").Save(new bool[21, 21], [], ""));
        await drawn.CheckAsync();
        Assert.Contains(
            "А &amp; &lt;Б&gt; &quot;В&quot;",
            Encoding.UTF8.GetString(drawn.Bytes),
            StringComparison.Ordinal
        );
    }

    private static byte[] Make(Action<PdfDocument> write)
    {
        var page = new PdfDocument("Сынақ", "kk");
        write(page);
        return page.Save(new bool[25, 25], ["мұнда", "https://pedatt.example/verify/x"], "№ 1");
    }
}
