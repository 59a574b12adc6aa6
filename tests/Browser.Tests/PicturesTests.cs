using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PedAtt.Testing;

namespace PedAtt.Browser.Tests;

/// <summary>Takes the pictures of docs/pictures anew: <c>dotnet test --project tests/Browser.Tests -- --explicit
/// only</c>.</summary>
public class PicturesTests(Site site)
{
    [Fact(Explicit = true)]
    public async Task Take_the_pictures_of_the_docs()
    {
        var town = await Town.FoundAsync(site);
        for (var other = 0; other < 3; other++)
            await town.UnderReviewAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var needed = Filler.Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue);
        var statement = await teacher.MakeStatementAsync(application.Id);
        var paper = new Upload("еңбек кітапшасы.pdf", await teacher.ContentAsync(statement), "application/pdf");
        await teacher.AddEntryAsync(
            application.Id,
            "employment",
            new { teachingExperience = 8, position = "Математика пәнінің мұғалімі" },
            paper
        );
        await Filler.FillAsync(teacher, application, town.Catalogue);
        await using (var signing = await site.VisitAsync(teacher, "kk"))
            await PhotographAsync(signing, "signing", $"/applications/{application.Id}/sign");
        await teacher.SignAsync(statement);
        await teacher.MoveAsync(application.Id, "submit");

        await using (var anybody = await site.VisitAsync("kk"))
            await PhotographAsync(anybody, "start", "/");
        await using (var secretary = await site.VisitAsync(town.Secretary, "ru"))
        {
            await PhotographAsync(secretary, "queue", "/review");
            // When the file is drawn, its page has a number.
            await PhotographAsync(
                secretary,
                "desk",
                $"/review/{application.Id}?block=employment",
                secretary.Words.Like("reading.viewer.page")
            );
        }
        await town.Secretary.ReviewAsync(
            application.Id,
            needed[0].Key,
            "returned",
            "Печать не видна. Приложите, пожалуйста, страницу с печатью и подписью."
        );
        await town.Secretary.ReviewAsync(application.Id, needed[1].Key, "returned", "Приложены не все страницы.");
        foreach (var block in needed.Skip(2))
            await town.Secretary.ReviewAsync(application.Id, block.Key, "accepted");
        await town.Secretary.MoveAsync(application.Id, "return");
        await using (var mending = await site.VisitAsync(teacher, "ru"))
            await PhotographAsync(mending, "returned", $"/applications/{application.Id}");

        var newcomer = await town.NewTeacherAsync();
        var draft = await newcomer.CreateAsync(town.FormOf(newcomer));
        await newcomer.PutIdentityCardAsync(draft.Id);
        foreach (var block in Filler.Needed(await newcomer.PortfolioAsync(draft.Id), town.Catalogue).Take(3))
            await newcomer.AddEntryAsync(draft.Id, block.Key, Filler.Fields(block), Filler.FilesFor(block));
        await using (var phone = await site.VisitAsync(newcomer, "kk", narrow: true))
            await PhotographAsync(phone, "portfolio-phone", $"/applications/{draft.Id}/portfolio");
    }

    private static async Task PhotographAsync(Visitor visitor, string name, string path, Regex? until = null)
    {
        await visitor.OpenAsync(path);
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync(until ?? new Regex("."));
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var folder = Directory.CreateDirectory(Path.Combine(TestServers.Root, "docs", "pictures")).FullName;
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }
}
