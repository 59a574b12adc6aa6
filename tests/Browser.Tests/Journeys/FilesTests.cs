using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>Several files at once: dropped, photos joined into one PDF by the browser itself, and one among them that
/// cannot be taken.</summary>
public class FilesTests(Site site)
{
    [Fact]
    public async Task Photos_of_pages_become_one_PDF_the_right_way_up()
    {
        var (visitor, teacher, application, block) = await AtAnEntryAsync();
        await using var ended = visitor;

        // Red on the left, blue on the right; as the camera was held, red belongs on top.
        await DropAsync(
            visitor,
            new("page-1.jpg", Turned(await PaintAsync(visitor, "image/jpeg")), "image/jpeg"),
            new("page-2.png", await PaintAsync(visitor, "image/png"), "image/png")
        );
        await visitor.Button("upload.join", 2).ClickAsync();
        await visitor.SeesAsync(visitor.Words["upload.joined", 2]);
        await visitor.SeesAsync(visitor.Words["upload.done"]);
        await new PortfolioPages(visitor, application.Id).SaveAsync();

        var stored = Assert.Single(
            Assert.Single((await teacher.PortfolioAsync(application.Id)).Block(block.Key).Entries).Files
        );
        Assert.Equal((visitor.Words["upload.joined-name"], "application/pdf"), (stored.Name, stored.ContentType));
        using var folder = new Drawing(
            (await teacher.GetAsync($"/api/portfolios/{application.Id}/files/{stored.Id}")).Expect(200).Bytes
        );
        var pages = await folder.PagesAsync();
        Assert.Equal(2, pages.Count);
        Assert.Equal(["red", "blue"], [pages[0].ColourAt(0.5, 0.25), pages[0].ColourAt(0.5, 0.75)]);
        Assert.True(pages[0].Width < pages[0].Height);
        Assert.Equal(["red", "blue"], [pages[1].ColourAt(0.25, 0.5), pages[1].ColourAt(0.75, 0.5)]);
        Assert.True(pages[1].Width > pages[1].Height);
    }

    [Fact]
    public async Task Of_several_files_those_that_cannot_be_taken_say_why_and_the_others_stay()
    {
        var (visitor, teacher, application, block) = await AtAnEntryAsync();
        await using var ended = visitor;
        var good = Files.Pdf("diploma.pdf");
        await DropAsync(
            visitor,
            new("notes.txt", "Сабақ жоспары"u8.ToArray(), "text/plain"),
            good,
            new("empty.pdf", [], "application/pdf")
        );
        await visitor.SeesAsync(visitor.Words["upload.done"]);
        var said = visitor.Page.GetByRole(AriaRole.Status);
        await Expect(said.GetByText("notes.txt: ")).ToHaveTextAsync(new Regex("PDF"));
        await Expect(said.GetByText("empty.pdf: ")).ToBeVisibleAsync();
        await visitor.SeesNothingRawAsync();
        await new PortfolioPages(visitor, application.Id).SaveAsync();
        Assert.Equal(
            good.Name,
            Assert
                .Single(Assert.Single((await teacher.PortfolioAsync(application.Id)).Block(block.Key).Entries).Files)
                .Name
        );
    }

    private async Task<(Visitor, Person, Application, CatalogueBlock)> AtAnEntryAsync()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var block = Filler
            .Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue)
            .First(block => block.Files.Max > 1);
        var visitor = await site.VisitAsync(teacher);
        var portfolio = new PortfolioPages(visitor, application.Id);
        await portfolio.OpenAsync();
        await portfolio.OpenBlockAsync(block);
        await visitor.Link("entry.add").ClickAsync();
        await portfolio.FillAsync(block);
        await visitor.SeesAsync(visitor.Words["upload.drop"]);
        return (visitor, teacher, application, block);
    }

    private static async Task DropAsync(Visitor visitor, params Upload[] files)
    {
        var dropped = await visitor.Page.EvaluateHandleAsync(
            """
            files => {
                const transfer = new DataTransfer()
                for (const { name, type, content } of files)
                    transfer.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name, { type }))
                return transfer
            }
            """,
            files.Select(file => new
            {
                name = file.Name,
                type = file.ContentType,
                content = Convert.ToBase64String(file.Content),
            })
        );
        await visitor.Field("files.add").DispatchEventAsync("drop", new { dataTransfer = dropped });
    }

    /// <summary>A picture twice as wide as it is high: red, then blue.</summary>
    private static async Task<byte[]> PaintAsync(Visitor visitor, string type) =>
        Convert.FromBase64String(
            await visitor.Page.EvaluateAsync<string>(
                """
                type => {
                    const canvas = document.createElement('canvas')
                    canvas.width = 400
                    canvas.height = 200
                    const context = canvas.getContext('2d')
                    for (const [colour, left] of [['#f00', 0], ['#00f', 200]]) {
                        context.fillStyle = colour
                        context.fillRect(left, 0, 200, 200)
                    }
                    return canvas.toDataURL(type).split(',')[1]
                }
                """,
                type
            )
        );

    /// <summary>The same with the camera's own word (Exif, orientation 6): to be shown turned a quarter
    /// clockwise.</summary>
    private static byte[] Turned(byte[] jpeg)
    {
        byte[] tiff = [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
        byte[] exif = [.. "Exif"u8, 0, 0, .. tiff];
        return [.. jpeg[..2], 0xff, 0xe1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    /// <summary>The pages of a PDF as anybody would see them.</summary>
    private sealed class Drawing(byte[] pdf) : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pedatt-photos-");

        public async Task<IReadOnlyList<Picture>> PagesAsync()
        {
            var file = Path.Combine(folder.FullName, "joined.pdf");
            await File.WriteAllBytesAsync(file, pdf);
            await PedAtt.Testing.Tools.RunAsync("pdftoppm", "-r", "36", file, Path.Combine(folder.FullName, "page"));
            return
            [
                .. folder
                    .GetFiles("page-*.ppm")
                    .OrderBy(page => page.Name, StringComparer.Ordinal)
                    .Select(page => Picture.Read(File.ReadAllBytes(page.FullName))),
            ];
        }

        public void Dispose() => folder.Delete(recursive: true);
    }

    private sealed record Picture(int Width, int Height, byte[] Pixels)
    {
        /// <summary>PPM: a line of letters for each of kind, size and depth, then the pixels.</summary>
        public static Picture Read(byte[] ppm)
        {
            var head = Regex.Match(Encoding.Latin1.GetString(ppm, 0, 40), @"^P6\s(\d+)\s(\d+)\s255\s");
            return new(int.Parse(head.Groups[1].Value), int.Parse(head.Groups[2].Value), ppm[head.Length..]);
        }

        public string ColourAt(double across, double down)
        {
            var at = (((int)(Height * down) * Width) + (int)(Width * across)) * 3;
            return (Pixels[at], Pixels[at + 1], Pixels[at + 2]) switch
            {
                (> 200, < 60, < 60) => "red",
                (< 60, < 60, > 200) => "blue",
                var other => other.ToString(),
            };
        }
    }
}
