using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.World;

/// <summary>The hands of somebody who has no mouse: Tab, Enter, Space, the arrows and the letters, and nothing
/// else.</summary>
public sealed class Keyboard(Visitor visitor)
{
    public Task PressAsync(string key) => visitor.Page.Keyboard.PressAsync(key);

    public async Task TypeAsync(ILocator field, string text)
    {
        await ReachAsync(field);
        await visitor.Page.Keyboard.TypeAsync(text);
    }

    public async Task PickAsync(ILocator choice)
    {
        await ReachAsync(choice);
        if (!await choice.IsCheckedAsync())
            await PressAsync("Space");
        await Expect(choice).ToBeCheckedAsync();
    }

    /// <summary>A link or a button.</summary>
    public async Task EnterAsync(ILocator what)
    {
        await ReachAsync(what);
        await PressAsync("Enter");
    }

    /// <summary>The window in which a file is chosen is the computer's own, and opens from the field that has the
    /// focus.</summary>
    public async Task AttachAsync(ILocator field, Upload file)
    {
        await ReachAsync(field);
        await field.SetInputFilesAsync(
            new FilePayload
            {
                Name = file.Name,
                MimeType = file.ContentType,
                Buffer = file.Content,
            }
        );
    }

    public async Task TypeDateAsync(ILocator group, DateOnly day)
    {
        foreach (
            var (key, value) in new[] { ("date.day", day.Day), ("date.month", day.Month), ("date.year", day.Year) }
        )
            await TypeAsync(group.GetByLabel(visitor.Words[key], new() { Exact = true }), $"{value}");
    }

    /// <summary>Tab after Tab, as far as a patient person goes; what has the focus is in sight.</summary>
    public async Task ReachAsync(ILocator what)
    {
        await Expect(what).ToBeVisibleAsync();
        for (var presses = 0; presses < 120; presses++)
        {
            if (await what.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await Expect(what).ToBeInViewportAsync();
                return;
            }
            await PressAsync("Tab");
        }
        Assert.Fail($"The keyboard does not reach {what} on {visitor.Path}");
    }
}
