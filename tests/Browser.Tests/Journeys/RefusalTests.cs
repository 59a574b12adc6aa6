namespace PedAtt.Browser.Tests.Journeys;

/// <summary>The state service says no: why, in a receipt that the executor reads and signs, and what the teacher does
/// about it.</summary>
[Collection(Signing.Name)]
public class RefusalTests(Site site, FakeNcaLayer ncaLayer)
{
    private const string First = "Диплом нечитаем: переснимите вторую страницу.";
    private const string Second = "Санаттың мерзімі өтіп кеткен.";

    [Fact]
    public async Task An_executor_refuses_with_reasons_and_the_teacher_knows_what_to_do()
    {
        var town = await Town.FoundAsync(site);
        var (teacher, application) = await town.ForwardedAsync();
        var grounds = town.Reference.RefusalReasons;

        await using var executor = await site.VisitAsync(town.Executor);
        var service = new ServicePages(executor, application);
        await service.FindAsync();
        await executor.Link("service.make-refusal").ClickAsync();
        await executor.Button("service.refusal.submit").ClickAsync();
        await Expect(executor.Errors).ToContainTextAsync(executor.Words["error.refusal.required"]);
        await executor.FieldCalled(executor.In(grounds[0].Name)).FillAsync(First);
        await executor.FieldCalled(executor.In(grounds[1].Name)).FillAsync(Second);
        await executor.Button("service.refusal.submit").ClickAsync();

        // The receipt is read and signed.
        await Expect(executor.Heading("reading.document.refusal-receipt")).ToBeVisibleAsync();
        await Expect(executor.Heading("service.sign.title")).ToBeVisibleAsync();
        ncaLayer.Signs(town.Executor.Key);
        await executor.Button("nca.start").ClickAsync();
        await Expect(executor.Heading("service.refuse.title")).ToBeVisibleAsync();

        // Whoever leaves and comes back by the application still reads what the teacher will read.
        await service.FindAsync();
        await executor.Link("service.refuse").ClickAsync();
        await Expect(executor.Heading("reading.preview.title")).ToBeVisibleAsync();
        var shown = await executor.Page.Locator("main").InnerTextAsync();
        await executor.Button("service.refuse").ClickAsync();
        await executor.IsAtAsync($"/service/{application.Id}");
        application = await teacher.LookAsync(application.Id);
        Assert.Equal("refused-by-state-service", application.Status);
        Assert.Equal([new(grounds[0].Key, First), new(grounds[1].Key, Second)], application.Refusal!.Reasons);
        await Eventually.Async(async () =>
            Assert.Contains(
                (await teacher.NotificationsAsync(application.Id))[^1].Text,
                shown,
                StringComparison.Ordinal
            )
        );

        // The teacher reads why, in the words that were written, and goes from there to what can be mended.
        await using var visitor = await site.VisitAsync(teacher, "kk", narrow: true);
        await visitor.OpenAsync($"/applications/{application.Id}");
        await visitor.SeesAsync(visitor.Words["who.refused-by-state-service"]);
        await visitor.SeesAsync(visitor.Words["next.refused-by-state-service"]);
        await Expect(visitor.Heading("status.refusal")).ToBeVisibleAsync();
        foreach (var (ground, words) in new[] { (grounds[0], First), (grounds[1], Second) })
        {
            await visitor.SeesAsync(visitor.In(ground.Name));
            await visitor.SeesAsync(words);
        }
        await visitor.SeesNothingRawAsync();
        await visitor.Link("action.refused-by-state-service.portfolio").ClickAsync();
        await visitor.IsAtAsync($"/applications/{application.Id}/portfolio");
        var portfolio = new PortfolioPages(visitor, application.Id);
        await portfolio.SendAsync();
        Assert.Equal("under-review", (await teacher.LookAsync(application.Id)).Status);
    }
}
