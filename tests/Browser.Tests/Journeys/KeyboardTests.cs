using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>Those who use no mouse: a teacher from the first page to a sent application, the secretary's desk, an
/// executor's answer.</summary>
public class KeyboardTests(Site site)
{
    [Fact]
    public async Task A_teacher_signs_in_and_files()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        await using var visitor = await site.VisitAsync();
        var keys = new Keyboard(visitor);
        await visitor.OpenAsync("/sign-in");

        // The first key leads past what every page has.
        await keys.PressAsync("Tab");
        await Expect(visitor.Link("layout.skip")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");

        await keys.TypeAsync(visitor.Field("field.login"), teacher.Login);
        await keys.TypeAsync(visitor.Field("field.password"), Person.Password);
        await keys.PressAsync("Enter");
        await Expect(visitor.Button("layout.sign-out")).ToBeVisibleAsync();

        await visitor.OpenAsync("/applications/new");
        await keys.PickAsync(visitor.GroupCalled(visitor.Words["field.statementForm"]).GetByRole(AriaRole.Radio).First);
        await keys.PickAsync(
            visitor.GroupCalled(visitor.Words["field.attestationKind"]).GetByRole(AriaRole.Radio).First
        );

        // A post is found by its Russian name or its Kazakh one, chosen with the arrows, and stands in both languages.
        var post = town.Reference.Positions.Single(one => one.Key == "deputy-director-studies").Name;
        var (inRussian, inKazakh) = (visitor.Field("field.positionRu"), visitor.Field("field.positionKk"));
        await Expect(inRussian).ToHaveRoleAsync(AriaRole.Combobox);
        await keys.TypeAsync(inRussian, "оқу ісі");
        var suggestions = visitor
            .Page.GetByRole(AriaRole.Listbox, new() { Name = visitor.Words["search.suggestions"] })
            .GetByRole(AriaRole.Option);
        await Expect(suggestions).ToHaveTextAsync([post.Ru]);
        await keys.PressAsync("ArrowDown");
        await Expect(suggestions.And(visitor.Page.GetByRole(AriaRole.Option, new() { Selected = true })))
            .ToHaveTextAsync(post.Ru);
        await keys.PressAsync("Enter");
        await Expect(inRussian).ToHaveValueAsync(post.Ru);
        await Expect(inKazakh).ToHaveValueAsync(post.Kk);
        await Expect(inRussian).ToBeFocusedAsync();
        // What no list has is typed on, and stays.
        await keys.ReachAsync(inKazakh);
        await keys.PressAsync("End");
        await keys.TypeAsync(inKazakh, " м.а.");
        await keys.PressAsync("Escape");
        await Expect(suggestions).ToHaveCountAsync(0);

        await keys.ReachAsync(visitor.Field("field.currentCategory"));
        await keys.PressAsync("ArrowDown");
        await Expect(visitor.Field("field.currentCategory")).ToHaveValueAsync("none");
        await keys.PickAsync(
            visitor.GroupCalled(visitor.Words["field.claimedCategory"]).GetByRole(AriaRole.Radio).First
        );
        await keys.PickAsync(visitor.Field("field.notSubjectTeacher"));
        await keys.PickAsync(visitor.Field("field.rulesAcknowledged"));
        await keys.EnterAsync(visitor.Button("form.save"));
        await visitor.IsAtAsync(new Regex("/applications/[0-9a-f-]{36}/portfolio"));
        var filed = Assert.Single((await teacher.GetAsync<Page<Application>>("/api/applications")).Items);
        Assert.Equal((post.Ru, $"{post.Kk} м.а."), (filed.PositionRu, filed.PositionKk));
    }

    [Fact]
    public async Task A_teacher_adds_a_file_attaches_a_scan_and_sends()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        var blocks = Filler.Needed(await teacher.PortfolioAsync(application.Id), town.Catalogue);
        var block = blocks.First(block => block.Files.Min > 0 && block.Fields.Any(field => field.Required));
        await using var visitor = await site.VisitAsync(teacher, "kk");
        var keys = new Keyboard(visitor);
        var portfolio = new PortfolioPages(visitor, application.Id);

        await portfolio.OpenAsync();
        await keys.EnterAsync(portfolio.Task(visitor.In(block.Name)));
        await keys.EnterAsync(visitor.Link("entry.add"));
        await Expect(visitor.Heading("entry.new")).ToBeVisibleAsync();
        foreach (var field in block.Fields.Where(field => field.Required))
        {
            var label = visitor.In(field.Name);
            if (field.Type == "date")
                await keys.TypeDateAsync(visitor.GroupCalled(label), Town.Today().AddYears(-1));
            else if (field.Type == "choice")
                await keys.PickAsync(visitor.GroupCalled(label).GetByRole(AriaRole.Radio).First);
            else
                await keys.TypeAsync(visitor.FieldCalled(label), $"{Filler.Value(field)}");
        }
        // One that was the wrong one is taken away: the keyboard is back where files are chosen.
        await visitor.SeesAsync(visitor.Words["upload.drop"]);
        var wrong = Files.Pdf("wrong.pdf");
        await keys.AttachAsync(visitor.Field("files.add"), wrong);
        await visitor.SeesAsync(visitor.Words["upload.done"]);
        await keys.EnterAsync(
            visitor.Page.GetByRole(AriaRole.Button, new() { Name = $"{visitor.Words["upload.remove"]}: {wrong.Name}" })
        );
        await Expect(visitor.Field("files.add")).ToBeFocusedAsync();
        var file = Files.Pdf("diploma.pdf");
        await keys.AttachAsync(visitor.Field("files.add"), file);
        await visitor.SeesAsync(visitor.Words["upload.done"]);
        await keys.EnterAsync(visitor.Button("form.save"));
        await visitor.SeesAsync(visitor.Words["saved"]);
        var entry = Assert.Single((await teacher.PortfolioAsync(application.Id)).Block(block.Key).Entries);
        Assert.Equal(file.Name, Assert.Single(entry.Files).Name);
        await Filler.FillAsync(teacher, application, town.Catalogue);

        await portfolio.OpenAsync();
        await keys.EnterAsync(portfolio.Task(visitor.Words["portfolio.sign"]));
        await keys.EnterAsync(visitor.Button("check.button"));
        await Expect(visitor.Heading("sign.title")).ToBeVisibleAsync();
        await keys.AttachAsync(visitor.Field("sign.scan"), Files.Pdf("statement-signed.pdf"));
        await keys.EnterAsync(visitor.Button("sign.attach-scan"));
        await Expect(visitor.Heading("send.title")).ToBeVisibleAsync();
        await keys.EnterAsync(visitor.Button("send.ok"));
        await Expect(visitor.Heading("sent.title")).ToBeVisibleAsync();
        application = await teacher.LookAsync(application.Id);
        Assert.Equal("under-review", application.Status);
        Assert.Equal(["submit"], application.History.Select(step => step.Action).Where(action => action == "submit"));
    }

    [Fact]
    public async Task A_secretary_returns_a_block_and_forwards_what_was_mended()
    {
        var town = await Town.FoundAsync(site);
        var (teacher, application) = await town.UnderReviewAsync();
        await using var visitor = await site.VisitAsync(town.Secretary);
        var keys = new Keyboard(visitor);

        await visitor.OpenAsync("/review");
        await keys.EnterAsync(visitor.Page.GetByRole(AriaRole.Link, new() { Name = application.Number, Exact = true }));

        // A accepts, and the next block is there; R goes to the comment that a return needs, where letters are letters.
        await JudgeAsync("a");
        await JudgeAsync("a");
        var comment = visitor.Field("review.comment.label");
        await JudgeAsync("r");
        await Expect(comment).ToBeFocusedAsync();
        await keys.TypeAsync(comment, "Нет печати: a, r, n.");
        await keys.EnterAsync(visitor.Button("review.return"));
        await Expect(visitor.Page.GetByRole(AriaRole.Main))
            .ToContainTextAsync(visitor.Words.Like("review.judged.returned"));

        // The keys can be turned off, and on again.
        await keys.EnterAsync(visitor.Button("review.keys.turn-off"));
        await Expect(visitor.Button("review.keys.turn-on")).ToBeFocusedAsync();
        await keys.PressAsync("r");
        await Expect(comment).Not.ToBeFocusedAsync();
        await keys.PressAsync("Enter");

        // N passes a block over; the rest is accepted one after the other, and the road ends where it is sent back.
        await JudgeAsync("n");
        await AcceptTheRestAsync("return");
        await visitor.SeesAsync(visitor.Words["reading.preview.title"]);
        await keys.EnterAsync(visitor.Button("review.send-back"));
        await visitor.IsAtAsync(new Regex("/review(/[0-9a-f-]{36})?(\\?|$)"));
        Assert.Equal("returned-for-revision", (await teacher.LookAsync(application.Id)).Status);
        var returned = Assert.Single(
            (await teacher.PortfolioAsync(application.Id)).Blocks,
            block => block.Status == "returned"
        );
        Assert.Equal("Нет печати: a, r, n.", returned.Review!.Comment);

        var block = town.Block(returned.Key);
        (
            await teacher.TryPutEntryAsync(
                application.Id,
                block.Key,
                returned.Entries[0],
                Filler.Fields(block),
                Filler.FilesFor(block)
            )
        ).Expect(200);
        await teacher.MoveAsync(application.Id, "submit");
        await visitor.OpenAsync($"/review/{application.Id}");
        await AcceptTheRestAsync("forward");
        await keys.EnterAsync(visitor.Button("review.forward"));
        await visitor.IsAtAsync(new Regex("/review(/[0-9a-f-]{36})?(\\?|$)"));
        Assert.Equal("under-state-service-review", (await teacher.LookAsync(application.Id)).Status);

        // The keys are there as soon as the page says so.
        async Task JudgeAsync(string key)
        {
            await Expect(visitor.Button("review.keys.turn-off")).ToBeVisibleAsync();
            var heading = visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
            var here = await heading.InnerTextAsync();
            await keys.PressAsync(key);
            if (key != "r")
                await Expect(heading).Not.ToHaveTextAsync(here);
        }

        async Task AcceptTheRestAsync(string end)
        {
            var done = new Regex($"/review/{application.Id}/{end}(\\?|$)");
            for (var blocks = 0; blocks < 40 && !done.IsMatch(visitor.Page.Url); blocks++)
                await JudgeAsync("a");
            await visitor.IsAtAsync(done);
        }
    }

    [Fact]
    public async Task An_executor_makes_a_receipt_signs_it_and_accepts()
    {
        var town = await Town.FoundAsync(site);
        var (teacher, application) = await town.ForwardedAsync();
        await using var visitor = await site.VisitAsync(town.Executor, "kk");
        var keys = new Keyboard(visitor);

        await visitor.OpenAsync("/service");
        await keys.EnterAsync(visitor.Page.GetByRole(AriaRole.Link, new() { Name = application.Number, Exact = true }));
        await keys.EnterAsync(visitor.Button("service.make-acceptance"));
        await Expect(visitor.Heading("service.sign.title")).ToBeVisibleAsync();
        var receipt = Assert.Single(
            await town.Executor.DocumentsAsync(application.Id),
            document => document.Kind == "acceptance-receipt"
        );
        var cms = town.Executor.Key.Sign(await town.Executor.ContentAsync(receipt));
        await keys.AttachAsync(
            visitor.Field("service.sign.file"),
            new("receipt.cms", cms, "application/pkcs7-signature")
        );
        await keys.EnterAsync(visitor.Button("service.sign.send"));
        await Expect(visitor.Heading("service.accept.title")).ToBeVisibleAsync();
        await keys.EnterAsync(visitor.Button("service.accept"));
        await visitor.IsAtAsync($"/service/{application.Id}");
        await keys.EnterAsync(visitor.Link("service.send"));
        await keys.EnterAsync(visitor.Button("service.send"));
        await visitor.IsAtAsync(new Regex("/service(/[0-9a-f-]{36})?(\\?|$)"));
        Assert.Equal("sent-to-commission", (await teacher.LookAsync(application.Id)).Status);
    }
}
