using System.IO.Compression;
using PedAtt.Testing;

namespace PedAtt.Web.Tests.Pages;

/// <summary>What every page brings along is light: a phone on a slow line waits for it once.</summary>
public class BuiltFilesTests
{
    [Theory]
    [InlineData("app.css", 16)]
    [InlineData("app.js", 45)]
    public void It_stays_within_its_budget(string file, int kilobytes)
    {
        using var sent = new MemoryStream();
        using (var gzip = new GZipStream(sent, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(File.ReadAllBytes(Path.Combine(Built, file)));
        Assert.InRange(sent.Length, 1, kilobytes * 1024);
    }

    [Fact]
    public void The_fonts_stay_within_theirs() =>
        Assert.InRange(
            Directory.EnumerateFiles(Path.Combine(Built, "fonts"), "*.woff2").Sum(font => new FileInfo(font).Length),
            1,
            50 * 1024
        );

    private static string Built => Path.Combine(TestServers.Root, "web", "wwwroot");
}
