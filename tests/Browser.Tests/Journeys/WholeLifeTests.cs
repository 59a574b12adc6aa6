using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>
/// An application lives its whole life on the pages: five people work on it one after another, each at a browser of
/// their own. What one page shows many times over is done once by hand, and the rest by the API.
/// </summary>
[Collection(Signing.Name)]
public class WholeLifeTests(Site site, FakeNcaLayer ncaLayer)
{
    [Theory]
    [InlineData("kk", true)]
    [InlineData("ru", false)]
    public async Task From_a_login_to_the_decision(string language, bool withNcaLayer)
    {
        var town = await Town.FoundAsync(site);
        var teacher = town.Newcomer(Numbers.Iin(), town.School);

        // An administrator issues a login; the newcomer registers with it and files.
        await using var administrator = await site.VisitAsync(
            town.Administrator.Login,
            SharedSystem.DemoPassword,
            language
        );
        var (login, code) = await new AdministrationPages(administrator).IssueLoginAsync(town.School, "teacher");
        await using var visitor = await site.VisitAsync(language);
        await visitor.OpenAsync("/register");
        await new RegisterPage(visitor).RegisterAsync(login, code, teacher);
        await teacher.ComeInAsync(login);
        await visitor.IsAtAsync("/applications");
        await visitor.SeesAsync(visitor.Words["applications.empty"]);
        await visitor.Link("applications.create").ClickAsync();
        var form = new ApplicationFormPage(visitor, town.Reference);
        await Expect(visitor.Field("field.email")).ToHaveValueAsync(teacher.Email);
        await form.FillAsync(town.FormOf(teacher));
        var id = await form.CreateAsync();
        var application = await teacher.LookAsync(id);
        Assert.Equivalent(town.FormOf(teacher) with { About = null }, application.ToForm());

        // Sent too early: the page says what is missing, and leads there.
        var portfolio = new PortfolioPages(visitor, id);
        await visitor.Button("send.button").ClickAsync();
        await Expect(visitor.Errors).ToContainTextAsync(visitor.Words["send.too-early"]);
        var needed = Filler.Needed(await teacher.PortfolioAsync(id), town.Catalogue);
        await Expect(visitor.Errors).ToContainTextAsync(visitor.In(needed[0].Name));

        // One entry by hand, the rest as every other.
        await portfolio.OpenAsync();
        await portfolio.AddEntryAsync(needed[0], Filler.FilesFor(needed[0]));
        await Filler.FillAsync(teacher, application, town.Catalogue);

        // The statement is checked, signed, and everything is sent.
        var statement = new StatementPages(visitor, id);
        await statement.CheckAsync();
        if (withNcaLayer)
        {
            ncaLayer.Signs(GostKeys.Issue(site.DemoKeys, teacher));
            await statement.SignWithNcaLayerAsync();
        }
        else
            await statement.AttachScanAsync(Files.Pdf("statement-signed.pdf"));
        await portfolio.ConfirmAsync();
        application = await teacher.LookAsync(id);
        Assert.Equal("under-review", application.Status);

        // The secretary returns two blocks; the teacher reads why, mends them and sends again.
        await using var secretary = await site.VisitAsync(town.Secretary, language);
        var review = new ReviewPages(secretary, application);
        await review.FindAsync();
        await review.ReturnAsync(needed[0].Key, "Нет печати.");
        await review.ReturnAsync(needed[1].Key, "Мөр көрінбейді.");
        foreach (var block in needed.Skip(2).Select(block => block.Key).Append("identity-card"))
            await town.Secretary.ReviewAsync(id, block, "accepted");
        await review.SendBackAsync("Нет печати.", "Мөр көрінбейді.");
        // The page that the teacher left open says so by itself.
        await Expect(
                visitor.Page.GetByRole(
                    AriaRole.Link,
                    new() { NameRegex = new($"^{visitor.Words["navigation.notifications"]}") }
                )
            )
            .ToContainTextAsync("1");

        await visitor.OpenAsync($"/applications/{id}");
        await visitor.SeesAsync("Нет печати.");
        foreach (var block in needed.Take(2))
        {
            await portfolio.OpenAsync();
            await portfolio.OpenBlockAsync(block);
            await portfolio.ReplaceFilesAsync(Files.Pdf("better.pdf"));
        }
        await portfolio.OpenAsync();
        await portfolio.SendAsync();

        await review.FindAsync();
        await review.AcceptAsync(needed[0].Key);
        await review.AcceptAsync(needed[1].Key);
        await review.ForwardAsync();

        // The executor reads and signs the receipt, accepts, and sends to the commission.
        await using var executor = await site.VisitAsync(town.Executor, language);
        var service = new ServicePages(executor, application);
        await service.FindAsync();
        await service.MakeAcceptanceAsync();
        if (withNcaLayer)
        {
            ncaLayer.Signs(town.Executor.Key);
            await service.SignWithNcaLayerAsync();
        }
        else
            await service.SignElsewhereAsync(town.Executor.Key.Sign);
        await service.AcceptAsync();
        await service.SendToCommissionAsync();

        // The commission decides, and the teacher is told.
        await using var chair = await site.VisitAsync(town.Chair, language);
        var commission = new CommissionPages(chair, application);
        await commission.FindAsync();
        await commission.DecideAsync("meets", "7");

        await visitor.OpenAsync($"/applications/{id}");
        await visitor.SeesAsync(visitor.Words["who.meets"]);
        await Eventually.Async(async () => Assert.Equal(5, (await teacher.NotificationsAsync(id)).Count));
        await visitor.OpenAsync("/notifications");
        await Expect(visitor.Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(5);
        await visitor.SeesNothingRawAsync();
        Assert.Equal("meets", (await teacher.LookAsync(id)).Status);
    }
}
