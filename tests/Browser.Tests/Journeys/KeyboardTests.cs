using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Journeys;

/// <summary>Somebody who uses no mouse: from the first page to a filed application, by keys alone.</summary>
public class KeyboardTests(Site site)
{
    [Fact]
    public async Task A_teacher_signs_in_and_files_with_the_keyboard_alone()
    {
        var town = await site.TownAsync();
        var teacher = await town.NewTeacherAsync();
        await using var visitor = await site.VisitAsync();
        await visitor.OpenAsync("/sign-in");

        // The first key leads past what every page has.
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Expect(visitor.Link("layout.skip")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await TypeAsync(visitor, visitor.Field("field.login"), teacher.Login);
        await TypeAsync(visitor, visitor.Field("field.password"), Person.Password);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Button("layout.sign-out")).ToBeVisibleAsync();

        await visitor.OpenAsync("/applications/new");
        var form = town.FormOf(teacher);
        await PickAsync(visitor, visitor.GroupCalled(visitor.Words["field.statementForm"]).GetByRole(AriaRole.Radio).First);
        await PickAsync(visitor, visitor.GroupCalled(visitor.Words["field.attestationKind"]).GetByRole(AriaRole.Radio).First);
        await TypeAsync(visitor, visitor.Field("field.positionRu"), form.PositionRu);
        await TypeAsync(visitor, visitor.Field("field.positionKk"), form.PositionKk);
        await ReachAsync(visitor, visitor.Field("field.currentCategory"));
        await visitor.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visitor.Field("field.currentCategory")).ToHaveValueAsync("none");
        await PickAsync(visitor, visitor.GroupCalled(visitor.Words["field.claimedCategory"]).GetByRole(AriaRole.Radio).First);
        await PickAsync(visitor, visitor.Field("field.notSubjectTeacher"));
        await PickAsync(visitor, visitor.Field("field.rulesAcknowledged"));
        await ReachAsync(visitor, visitor.Button("form.save"));
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.IsAtAsync(new Regex("/applications/[0-9a-f-]{36}/portfolio"));
        Assert.Single((await teacher.GetAsync("/api/applications")).Json.Items());
    }

    private static async Task TypeAsync(Visitor visitor, ILocator field, string text)
    {
        await ReachAsync(visitor, field);
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    private static async Task PickAsync(Visitor visitor, ILocator choice)
    {
        await ReachAsync(visitor, choice);
        if (!await choice.IsCheckedAsync())
            await visitor.Page.Keyboard.PressAsync("Space");
        await Expect(choice).ToBeCheckedAsync();
    }

    /// <summary>Tab after Tab, as far as a patient person goes; what has the focus is seen to have it.</summary>
    private static async Task ReachAsync(Visitor visitor, ILocator what)
    {
        for (var presses = 0; presses < 120; presses++)
        {
            if (await what.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await visitor.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The keyboard does not reach {what} on {visitor.Path}");
    }
}
