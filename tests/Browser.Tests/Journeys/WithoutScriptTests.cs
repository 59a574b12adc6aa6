namespace PedAtt.Browser.Tests.Journeys;

/// <summary>An old phone, or a browser that runs no script: everything but signing with a key goes on.</summary>
public class WithoutScriptTests(Site site)
{
    [Fact]
    public async Task A_teacher_files_attaches_a_scan_and_sends()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        await using var visitor = await site.VisitAsync(teacher, "kk", narrow: true, script: false);
        await visitor.OpenAsync("/applications/new");
        var form = new ApplicationFormPage(visitor, town.Reference);
        await form.FillAsync(town.FormOf(teacher));
        var id = await form.CreateAsync();

        var needed = Filler.Needed(await teacher.PortfolioAsync(id), town.Catalogue);
        var portfolio = new PortfolioPages(visitor, id);
        await portfolio.AddEntryAsync(needed[0], Filler.FilesFor(needed[0]));
        await Filler.FillAsync(teacher, await teacher.LookAsync(id), town.Catalogue);

        var statement = new StatementPages(visitor, id);
        await statement.CheckAsync();
        await statement.AttachScanAsync(Files.Jpeg("statement.jpg"));
        await portfolio.ConfirmAsync();
        Assert.Equal("under-review", (await teacher.LookAsync(id)).Status);
    }
}
