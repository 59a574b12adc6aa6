using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>
/// Whatever becomes of a session while somebody types: the text is there afterwards, and one press sends it. For a form
/// of every role, with scripts (where Turbo sends it) and without.
/// </summary>
public class TypedTextTests(Site site)
{
    private const string Essay =
        "Сабақта «зерттеу» әдісін қолданамын: оқушылар сұрақты өздері қояды,\nжауапты өздері табады. Нәтижесі — үшінші тоқсанда.";

    /// <summary>A form with something typed in it: where it is, how it is sent, and where the text stands once it
    /// was.</summary>
    private sealed record Typed(
        Person Person,
        string Password,
        string Path,
        string Field,
        string Send,
        Func<string, Task<bool>> Arrived
    );

    [Theory]
    [InlineData("teacher", true)]
    [InlineData("teacher", false)]
    [InlineData("secretary", true)]
    [InlineData("secretary", false)]
    [InlineData("executor", true)]
    [InlineData("executor", false)]
    [InlineData("chair", true)]
    [InlineData("chair", false)]
    public async Task What_was_typed_outlives_the_session(string role, bool script)
    {
        var town = await Town.FoundAsync(site);
        Visitor visitor = null!;
        var typed = await FormOfAsync(role, town, () => visitor);
        visitor = await site.VisitAsync(typed.Person, script ? "ru" : "kk", script: script);
        await using var ended = visitor;
        foreach (
            var (way, happens) in new (string, Func<Typed, Task>)[]
            {
                ("1", SignOutAsync),
                ("2", SignInAnewAsync),
                ("3", LoseTokenAsync),
            }
        )
        {
            var text = $"{Essay} № {way}";
            await visitor.OpenAsync(typed.Path);
            await visitor.Page.Locator($"[name='{typed.Field}']").FillAsync(text);
            await happens(typed);
            await visitor.Page.Locator(typed.Send).ClickAsync();

            if (happens == SignOutAsync)
            {
                await Expect(visitor.Heading("sign-in.again")).ToBeVisibleAsync();
                // A password may be mistyped as well.
                await new SignInPage(visitor).TryAsync(typed.Person.Login, "не тот пароль");
                await Expect(visitor.Errors).ToBeVisibleAsync();
                await new SignInPage(visitor).TryAsync(typed.Person.Login, typed.Password);
                await Expect(visitor.Heading("sign-in.send-again")).ToBeVisibleAsync();
            }
            else
            {
                await Expect(visitor.Heading("problem.form-expired")).ToBeVisibleAsync();
            }
            await visitor.SeesNothingRawAsync();
            await Expect(visitor.Page.GetByText(text.Split('\n')[1])).ToBeVisibleAsync();
            await visitor.Button("kept.send").ClickAsync();
            await Eventually.Async(async () =>
                Assert.True(await typed.Arrived(text), $"{role}, {way}: {visitor.Path}")
            );
        }

        async Task SignOutAsync(Typed _)
        {
            var other = await visitor.Context.NewPageAsync();
            await other.GotoAsync("/help");
            await other.GetByRole(AriaRole.Button, new() { Name = visitor.Words["layout.sign-out"] }).ClickAsync();
            await Expect(other.GetByRole(AriaRole.Button, new() { Name = visitor.Words["layout.sign-out"] }))
                .ToHaveCountAsync(0);
            await other.CloseAsync();
        }

        async Task SignInAnewAsync(Typed form)
        {
            await SignOutAsync(form);
            var other = await visitor.Context.NewPageAsync();
            await other.GotoAsync("/sign-in");
            await other.GetByLabel(visitor.Words["field.login"], new() { Exact = true }).FillAsync(form.Person.Login);
            await other.GetByLabel(visitor.Words["field.password"], new() { Exact = true }).FillAsync(form.Password);
            await other
                .GetByRole(AriaRole.Button, new() { Name = visitor.Words["sign-in.submit"], Exact = true })
                .ClickAsync();
            await Expect(other.GetByRole(AriaRole.Button, new() { Name = visitor.Words["layout.sign-out"] }))
                .ToBeVisibleAsync();
            await other.CloseAsync();
        }

        Task LoseTokenAsync(Typed _) =>
            visitor.Page.EvaluateAsync(
                "() => document.querySelectorAll('[name=csrf]').forEach(field => { field.value = '' })"
            );
    }

    /// <summary>A sign-out in a window that was left open signs out who has come in since, in another.</summary>
    [Fact]
    public async Task A_window_left_open_signs_out_too()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        await using var visitor = await site.VisitAsync(teacher);
        await visitor.OpenAsync("/help");
        var other = await visitor.Context.NewPageAsync();
        await other.GotoAsync("/sign-in");
        await other.GetByLabel(visitor.Words["field.login"], new() { Exact = true }).FillAsync(town.Secretary.Login);
        await other.GetByLabel(visitor.Words["field.password"], new() { Exact = true }).FillAsync(Person.Password);
        await other
            .GetByRole(AriaRole.Button, new() { Name = visitor.Words["sign-in.submit"], Exact = true })
            .ClickAsync();
        await Expect(other).ToHaveURLAsync(new Regex("/review"));
        await visitor.Button("layout.sign-out").ClickAsync();
        await visitor.IsAtAsync("/");
        await other.ReloadAsync();
        await Expect(other).ToHaveURLAsync(new Regex("/sign-in"));
    }

    /// <summary>No answer at all: the page stays, with the text, and says so.</summary>
    [Fact]
    public async Task A_lost_connection_leaves_the_page_as_it_is()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        var application = await teacher.CreateAsync(town.FormOf(teacher));
        await using var visitor = await site.VisitAsync(teacher);
        await visitor.OpenAsync($"/applications/{application.Id}/edit");
        await visitor.Page.Locator("[name=about]").FillAsync(Essay);
        await visitor.Context.SetOfflineAsync(true);
        await visitor.Button("form.save").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(visitor.Words["connection.lost"]);
        await Expect(visitor.Page.Locator("[name=about]")).ToHaveValueAsync(Essay);
        await visitor.Context.SetOfflineAsync(false);
        // A second click within a second of the first is taken for a double click.
        await visitor.Page.EvaluateAsync("() => document.getElementById('page-form').requestSubmit()");
        await visitor.IsAtAsync($"/applications/{application.Id}/portfolio");
        Assert.Contains(
            "зерттеу",
            (await teacher.GetAsync($"/api/applications/{application.Id}")).Json.GetProperty("about").GetString()
        );
    }

    private static async Task<Typed> FormOfAsync(string role, Town town, Func<Visitor> visitor)
    {
        const string button = "#page-form button:not([name], [type=button]):not(.govuk-visually-hidden)";
        switch (role)
        {
            case "teacher":
                var teacher = await town.NewTeacherAsync();
                var draft = await teacher.CreateAsync(town.FormOf(teacher));
                return new(
                    teacher,
                    Person.Password,
                    $"/applications/{draft.Id}/edit",
                    "about",
                    button,
                    async text =>
                        (await teacher.GetAsync($"/api/applications/{draft.Id}"))
                            .Json.GetProperty("about")
                            .GetString()
                            ?.Contains(text[^20..], StringComparison.Ordinal) == true
                );
            case "secretary":
                var (_, waiting) = await town.UnderReviewAsync();
                var block = (await town.Secretary.PortfolioAsync(waiting.Id))
                    .Blocks.First(one => one.Status == "filled")
                    .Key;
                return new(
                    town.Secretary,
                    Person.Password,
                    $"/review/{waiting.Id}?block={block}",
                    "comment",
                    "#page-form button[value=returned]",
                    async text =>
                        (await town.Secretary.PortfolioAsync(waiting.Id))
                            .Block(block)
                            .Review?.Comment?.Contains(text[^20..], StringComparison.Ordinal) == true
                );
            case "executor":
                var (_, forwarded) = await town.ForwardedAsync();
                var ground = town.Reference.RefusalReasons[0].Key;
                return new(
                    town.Executor,
                    Person.Password,
                    $"/service/{forwarded.Id}/refusal",
                    $"reason-{ground}",
                    button,
                    async text =>
                        Regex
                            .Unescape(
                                (await town.Executor.GetAsync($"/api/documents/applications/{forwarded.Id}")).Text
                            )
                            .Contains(text[^20..], StringComparison.Ordinal)
                );
            default:
                var (_, judged) = await town.AtCommissionAsync();
                // The decision is read once more before it is made: what came back from the session stands in the field
                // again.
                return new(
                    town.Chair,
                    Person.Password,
                    $"/commission/{judged.Id}/decide",
                    "reason",
                    button,
                    async text =>
                        (await visitor().Page.Locator("[name=reason]").InputValueAsync()).Contains(
                            text[^20..],
                            StringComparison.Ordinal
                        )
                );
        }
    }
}
