using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>Nobody signs what they have not read: the words on the page before it are those of the paper.</summary>
public partial class CheckTests(Site site)
{
    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task What_is_checked_is_what_the_statement_says_word_by_word(string language)
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        await using var visitor = await site.VisitAsync(teacher, language);
        await visitor.OpenAsync($"/applications/{application.Id}/check");
        await Expect(visitor.Heading("check.text")).ToBeVisibleAsync();
        var read = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var signed in new[] { "kk", "ru" })
            read[signed] = await visitor
                .Page.GetByRole(AriaRole.Main)
                .Locator($"[lang={signed}] p")
                .AllInnerTextsAsync();
        await visitor.Button("check.button").ClickAsync();
        await Expect(visitor.Heading("sign.title")).ToBeVisibleAsync();

        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(
            file,
            await teacher.ContentAsync(Assert.Single(await teacher.DocumentsAsync(application.Id)))
        );
        var paper = Space().Replace(await PedAtt.Testing.Tools.RunAsync("pdftotext", file, "-"), " ");
        File.Delete(file);
        foreach (var (signed, paragraphs) in read)
        {
            Assert.Equal(2, paragraphs.Count);
            Assert.Contains(signed == "kk" ? "сұраймын" : "Прошу допустить", paragraphs[0], StringComparison.Ordinal);
            Assert.All(paragraphs, words => Assert.Contains(words, paper, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
