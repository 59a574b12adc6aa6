using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.World;

/// <summary>
/// Somebody at a browser. What no page may do is watched all along, and fails the test at its end: an error of a
/// script, something that the pages' own policy forbids, a request to anybody but us.
/// </summary>
public sealed partial class Visitor : IAsyncDisposable
{
    /// <summary>What people write with Latin letters in Kazakh and Russian too: formats, programs, keys of the
    /// keyboard, our own name.</summary>
    private static readonly HashSet<string> latin =
    [
        "PDF",
        "JPEG",
        "PNG",
        "CSV",
        "CMS",
        "UTF",
        "SHA",
        "QR",
        "USB",
        "Ctrl",
        "NCALayer",
        "JavaScript",
        "PedAtt",
        "HEIC",
        "iPhone",
        "XFA",
        "Adobe",
        "Reader",
    ];

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
        await context.AddCookiesAsync([
            new()
            {
                Name = "pedatt-language",
                Value = language,
                Url = site.Gateway.AbsoluteUri,
            },
        ]);
        return visitor;
    }

    /// <summary>Types an address of ours into the browser.</summary>
    public async Task<int> OpenAsync(string path) =>
        (await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load }))!.Status;

    public ILocator Heading(string key, params object?[] parts) =>
        Page.GetByRole(AriaRole.Heading, new() { Name = Words[key, parts], Exact = true });

    public ILocator Link(string key, params object?[] parts) =>
        Page.GetByRole(AriaRole.Link, new() { Name = Words[key, parts], Exact = true }).First;

    public ILocator Button(string key, params object?[] parts) =>
        Page.GetByRole(AriaRole.Button, new() { Name = Words[key, parts], Exact = true });

    public ILocator Field(string key) => FieldCalled(Words[key]);

    public ILocator FieldCalled(string label) => Page.GetByLabel(label, new() { Exact = true });

    /// <summary>Fields that belong together: a date, or what one of is chosen.</summary>
    public ILocator GroupCalled(string legend) => Page.GetByRole(AriaRole.Group, new() { Name = legend });

    public Task ChooseAsync(string legend, string choice) =>
        GroupCalled(legend).GetByLabel(choice, new() { Exact = true }).CheckAsync();

    public async Task FillDateAsync(string legend, DateOnly day)
    {
        foreach (
            var (key, value) in new[] { ("date.day", day.Day), ("date.month", day.Month), ("date.year", day.Year) }
        )
            await GroupCalled(legend).GetByLabel(Words[key], new() { Exact = true }).FillAsync($"{value}");
    }

    /// <summary>The name of a thing of the catalogue or the reference data, in the visitor's language.</summary>
    public string In(Name name) =>
        Language switch
        {
            "kk" => name.Kk,
            "ru" => name.Ru,
            _ => name.En,
        };

    /// <summary>What stands beside a name in a list of facts.</summary>
    public ILocator Fact(string key) =>
        Page.GetByRole(AriaRole.Term)
            .Filter(new() { HasTextRegex = new($"^\\s*{Regex.Escape(Words[key])}\\s*$") })
            .Locator("xpath=following-sibling::dd[1]");

    /// <summary>What the form says is wrong with it, above everything else.</summary>
    public ILocator Errors =>
        Page.GetByRole(AriaRole.Alert).Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Level = 2 }) });

    public Task SeesAsync(string text) => Expect(Page.Locator("main")).ToContainTextAsync(text);

    public Task IsAtAsync(string path) =>
        Expect(Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(new Uri(Site.Gateway, path).AbsoluteUri)}(\\?|$)"));

    public Task IsAtAsync(Regex path) => Expect(Page).ToHaveURLAsync(path);

    /// <summary>What a reader must never see: the name of a text, a code of the API, a trace, a word of another
    /// script.</summary>
    public async Task SeesNothingRawAsync() =>
        Assert.Empty(RawIn(await Page.ContentAsync()).Select(raw => $"{Path} shows {raw}"));

    /// <summary>The same of a page that was not opened in a window.</summary>
    public IEnumerable<string> RawIn(string html)
    {
        var said = string.Join('\n', Said().Matches(html).Select(match => match.Groups["text"].Value));
        var text = WebUtility.HtmlDecode(Markup().Replace(NotProse().Replace(html, " "), " ") + '\n' + said);
        foreach (Match trace in Trace().Matches(text))
            yield return $"a trace: {trace.Value}";
        foreach (Match key in KeyLike().Matches(text))
            if (Words.Keys.Contains(key.Value))
                yield return $"a raw key: {key.Value}";
        if (Language == "en")
            yield break;
        foreach (
            var token in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Where(token => !Named().IsMatch(token))
        )
        foreach (Match word in Latin().Matches(token))
            if (!latin.Contains(word.Value))
                yield return $"a foreign word: {word.Value}";
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

    /// <summary>What is read aloud, or shown while nothing is typed.</summary>
    [GeneratedRegex("(aria-label|title|placeholder|alt)=\"(?<text>[^\"]*)\"")]
    private static partial Regex Said();

    /// <summary>What is no text: programs, what is to be typed as it stands, and what says of itself that it is
    /// English.</summary>
    [GeneratedRegex(
        "<(script|style|code|kbd)[ >].*?</\\1>|<(\\w+) lang=\"en\".*?</\\2>|<!--.*?-->",
        RegexOptions.Singleline
    )]
    private static partial Regex NotProse();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    /// <summary>Addresses, file names, logins, numbers and what the tests call their schools.</summary>
    [GeneratedRegex(@"\d|@|\w\.\w|^\W*\.\w+\W*$|^demo-|^([a-z]-)?[a-z]{5}(-[a-z]{3,5})+\W*$|^№?[a-f]{6}\W*$")]
    private static partial Regex Named();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Latin();

    [GeneratedRegex(@"^(data|blob|about|ws|wss|chrome-extension):")]
    private static partial Regex OwnSchemes();

    [GeneratedRegex(@"\b[a-z][a-z0-9-]*(\.[a-z0-9-]+)+\b")]
    private static partial Regex KeyLike();

    [GeneratedRegex(
        @"\bSystem\.[A-Z]\w+|\b\w+Exception\b|^\s+at [\w.]+\(|\bat PedAtt\.|\btraceId\b|\bundefined\b|\[object |\bNaN\b",
        RegexOptions.Multiline
    )]
    private static partial Regex Trace();
}
