using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.Pages;

/// <summary>The secretary's list and desk.</summary>
public sealed class ReviewPages(Visitor visitor, Application application)
{
    private string Desk => $"/review/{application.Id}";

    public async Task FindAsync()
    {
        await visitor.OpenAsync("/review");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = application.Number, Exact = true }).ClickAsync();
        await visitor.IsAtAsync(Desk);
    }

    public async Task AcceptAsync(string block)
    {
        await visitor.OpenAsync($"{Desk}?block={block}");
        await visitor.Button("review.accept").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main))
            .ToContainTextAsync(visitor.Words.Like("review.judged.accepted"));
    }

    public async Task ReturnAsync(string block, string comment)
    {
        await visitor.OpenAsync($"{Desk}?block={block}");
        await visitor.Field("review.comment.label").FillAsync(comment);
        await visitor.Button("review.return").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Main))
            .ToContainTextAsync(visitor.Words.Like("review.judged.returned"));
    }

    /// <summary>Reads what the teacher will read, and returns the application.</summary>
    public async Task SendBackAsync(params string[] comments)
    {
        await visitor.OpenAsync($"{Desk}/return");
        await visitor.SeesAsync(visitor.Words["reading.preview.title"]);
        foreach (var comment in comments)
            await visitor.SeesAsync(comment);
        await visitor.Button("review.send-back").ClickAsync();
        await visitor.IsAtAsync(new Regex("/review(/[0-9a-f-]{36})?(\\?|$)"));
    }

    public async Task ForwardAsync()
    {
        await visitor.OpenAsync($"{Desk}/forward");
        await visitor.SeesAsync(visitor.Words["review.forward.ready"]);
        await visitor.Button("review.forward").ClickAsync();
        await visitor.IsAtAsync(new Regex("/review(/[0-9a-f-]{36})?(\\?|$)"));
    }
}
