using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.World;

/// <summary>
/// Somebody at a browser. What no page may do is watched all along, and fails the test at its end: an error of a script, something
/// that the pages' own policy forbids, a request to anybody but us.
/// </summary>
public sealed partial class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> wrong = new();

    private Visitor(Site site, IBrowserContext context, IPage page, string language)
    {
        Site = site;
        Context = context;
        Page = page;
        Language = language;
        Words = Words.In(language);
    }

    public Site Site { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public string Language { get; }

    public Words Words { get; }

    /// <summary>Where the browser is, without our host.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    public static async Task<Visitor> ComeAsync(Site site, IBrowserContext context, string language)
    {
        var visitor = new Visitor(site, context, await context.NewPageAsync(), language);
        visitor.Watch();
        await context.AddCookiesAsync([new() { Name = "pedatt-language", Value = language, Url = site.Gateway.AbsoluteUri }]);
        return visitor;
    }

    /// <summary>Types an address of ours into the browser.</summary>
    public async Task<int> OpenAsync(string path) => (await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load }))!.Status;

    public ILocator Heading(string key, params object?[] parts) =>
        Page.GetByRole(AriaRole.Heading, new() { Name = Words[key, parts], Exact = true });

    public ILocator Link(string key, params object?[] parts) => Page.GetByRole(AriaRole.Link, new() { Name = Words[key, parts], Exact = true }).First;

    public ILocator Button(string key, params object?[] parts) => Page.GetByRole(AriaRole.Button, new() { Name = Words[key, parts], Exact = true });

    public ILocator Field(string key) => FieldCalled(Words[key]);

    public ILocator FieldCalled(string label) => Page.GetByLabel(label, new() { Exact = true });

    /// <summary>Fields that belong together: a date, or what one of is chosen.</summary>
    public ILocator GroupCalled(string legend) => Page.GetByRole(AriaRole.Group, new() { Name = legend });

    public Task ChooseAsync(string legend, string choice) =>
        GroupCalled(legend).GetByLabel(choice, new() { Exact = true }).CheckAsync();

    public async Task FillDateAsync(string legend, DateOnly day)
    {
        foreach (var (key, value) in new[] { ("date.day", day.Day), ("date.month", day.Month), ("date.year", day.Year) })
            await GroupCalled(legend).GetByLabel(Words[key], new() { Exact = true }).FillAsync($"{value}");
    }

    /// <summary>The name of a thing of the catalogue or the reference data, in the visitor's language.</summary>
    public string In(Name name) => Language switch { "kk" => name.Kk, "ru" => name.Ru, _ => name.En };

    /// <summary>What stands beside a name in a list of facts.</summary>
    public ILocator Fact(string key) => Page.GetByRole(AriaRole.Term).Filter(new() { HasTextRegex = new($"^\\s*{Regex.Escape(Words[key])}\\s*$") })
        .Locator("xpath=following-sibling::dd[1]");

    /// <summary>What the form says is wrong with it, above everything else.</summary>
    public ILocator Errors => Page.GetByRole(AriaRole.Alert).Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Level = 2 }) });

    public Task SeesAsync(string text) => Expect(Page.Locator("main")).ToContainTextAsync(text);

    public Task IsAtAsync(string path) => Expect(Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(new Uri(Site.Gateway, path).AbsoluteUri)}(\\?|$)"));

    public Task IsAtAsync(Regex path) => Expect(Page).ToHaveURLAsync(path);

    /// <summary>What a reader must never see: the name of a text, a code of the API, a trace.</summary>
    public async Task SeesNothingRawAsync()
    {
        var text = await Page.Locator("body").InnerTextAsync();
        Assert.DoesNotMatch(Trace(), text);
        var raw = KeyLike().Matches(text).Select(match => match.Value).Where(Words.Keys.Contains).ToList();
        Assert.True(raw.Count == 0, $"{Path} shows raw keys: {string.Join(", ", raw)}");
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Distinct()));
    }

    private void Watch()
    {
        var ours = Site.Gateway.GetLeftPart(UriPartial.Authority);
        Page.PageError += (_, error) => wrong.Enqueue($"{Path}: a script failed: {error}");
        Page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                wrong.Enqueue($"{Path}: {message.Text}");
        };
        Context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(ours, StringComparison.Ordinal) && !OwnSchemes().IsMatch(request.Url))
                wrong.Enqueue($"{Path}: asked {request.Url}");
        };
    }

    [GeneratedRegex(@"^(data|blob|about|ws|wss|chrome-extension):")]
    private static partial Regex OwnSchemes();

    [GeneratedRegex(@"\b[a-z][a-z0-9-]*(\.[a-z0-9-]+)+\b")]
    private static partial Regex KeyLike();

    [GeneratedRegex(@"\bSystem\.[A-Z]\w+|\b\w+Exception\b|^\s+at [\w.]+\(|\bat PedAtt\.|\btraceId\b|\bundefined\b|\[object |\bNaN\b", RegexOptions.Multiline)]
    private static partial Regex Trace();
}
