using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>A small phone on a slow line in a village: the connection goes in the middle of a file and comes
/// back.</summary>
public class LostConnectionTests(Site site)
{
    [Fact]
    public async Task An_upload_goes_on_where_the_connection_was_lost()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var block = Filler
            .Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue)
            .First(block => block.Files.Min > 0);
        var file = Files.Pdf("diploma.pdf", size: 6 * 1024 * 1024);

        await using var visitor = await site.VisitAsync(teacher, "kk", narrow: true);
        var portfolio = new PortfolioPages(visitor, application.Id);
        await portfolio.OpenAsync();
        await portfolio.OpenBlockAsync(block);
        await visitor.Link("entry.add").ClickAsync();
        await portfolio.FillAsync(block);

        // The line is there for two pieces of the file, then it is gone.
        var asked = new List<string>();
        var (pieces, connected) = (0, true);
        await visitor.Page.RouteAsync(
            new Regex("/uploads(/|$)"),
            async route =>
            {
                if (route.Request.Method == "PATCH" && ++pieces == 3)
                    connected = false;
                if (connected)
                    asked.Add(route.Request.Method);
                await (connected ? route.ContinueAsync() : route.AbortAsync("internetdisconnected"));
            }
        );
        // Where the page says that files may be dropped, it sends them in pieces.
        await visitor.SeesAsync(visitor.Words["upload.drop"]);
        await portfolio.AttachAsync("files.add", file);
        await visitor.SeesAsync(visitor.Words["upload.lost"]);

        // It asks how much has arrived, and sends the rest.
        asked.Clear();
        connected = true;
        await visitor.SeesAsync(visitor.Words["upload.done"]);
        Assert.Equal("HEAD", asked[0]);
        Assert.DoesNotContain("POST", asked);
        await portfolio.SaveAsync();

        var stored = Assert.Single(
            Assert.Single((await teacher.PortfolioAsync(application.Id)).Block(block.Key).Entries).Files
        );
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file.Content)), stored.Sha256);
        Assert.Equal(file.Name, stored.Name);
    }
}
