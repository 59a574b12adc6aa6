using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.World;

/// <summary>
/// Follows every link that a visitor finds, opens each page once (a page is an address without its ids) and says what
/// is wrong with it. Every page comes as to somebody who was never here: with an empty cache.
/// </summary>
public sealed partial class Walk(Visitor visitor, IReadOnlySet<string> blocks)
{
    /// <summary>The most that a first view may weigh on the wire, fonts and scripts included.</summary>
    private const long Most = 120 * 1024;

    private static readonly AxeRunOptions rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private readonly HashSet<string> seen = [];
    private readonly Queue<string> ahead = new();
    private readonly ConcurrentDictionary<string, bool> evidence = new();
    private long weight;

    public List<string> Pages { get; } = [];

    public List<string> Wrong { get; } = [];

    public async Task FromAsync(params IEnumerable<string> starts)
    {
        var network = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        network.Event("Network.requestWillBeSent").OnEvent += (_, asked) =>
        {
            // The evidence that a page shows, and what draws it, come after the page itself.
            if (Evidence().IsMatch(asked!.Value.GetProperty("request").GetProperty("url").GetString()!))
                evidence.TryAdd(asked.Value.GetProperty("requestId").GetString()!, true);
        };
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
        {
            if (!evidence.ContainsKey(finished!.Value.GetProperty("requestId").GetString()!))
                Interlocked.Add(ref weight, (long)finished.Value.GetProperty("encodedDataLength").GetDouble());
        };
        foreach (var start in starts)
            Add(start);
        while (ahead.TryDequeue(out var path))
            await LookAsync(path);
    }

    private async Task LookAsync(string path)
    {
        Interlocked.Exchange(ref weight, 0);
        var status = await visitor.OpenAsync(path);
        await visitor.Page.WaitForLoadStateAsync(LoadState.Load);
        var name = $"{PageOf(path)} ({visitor.Language}, {visitor.Page.ViewportSize!.Width} px)";
        void Complain(string what) => Wrong.Add($"{name}: {what}");

        if (status >= 400 && !path.Contains("nowhere", StringComparison.Ordinal))
        {
            Complain($"answered {status}");
            return;
        }
        if (await visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).CountAsync() != 1)
            Complain("has not one main heading");
        if (
            await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth")
            is var over
                and > 0
        )
            Complain($"is {over} px wider than the window");
        await ReadAsync(Complain);

        // Looked at last: by now the fonts have come too.
        var bytes = Interlocked.Read(ref weight);
        Pages.Add($"{name}: {bytes / 1024} KB");
        if (bytes > Most)
            Complain($"weighs {bytes / 1024} KB");

        foreach (
            var link in await visitor
                .Page.Locator("a[href]:not([download])")
                .EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))")
        )
            Add(link);
        await SendEmptyAsync(Complain);
    }

    private async Task ReadAsync(Action<string> complain)
    {
        foreach (var raw in visitor.RawIn(await visitor.Page.ContentAsync()).Distinct())
            complain($"shows {raw}");
        foreach (var violation in (await visitor.Page.RunAxe(rules)).Violations)
            complain(
                $"{violation.Id}: {violation.Help}; {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}"
            );
    }

    /// <summary>A form in which something is typed or picked is sent without it: what is wrong with it must be read as
    /// easily.</summary>
    private async Task SendEmptyAsync(Action<string> complain)
    {
        var form = visitor.Page.Locator("#page-form");
        var send = form.Locator("button[value=returned], button:not([name], [type=button])").First;
        var fields = form.Locator(
            "input:not([type=hidden], [type=radio], [type=checkbox], [type=file]):visible, textarea:visible"
        );
        if (
            await fields.CountAsync() + await form.Locator("input[type=file]").CountAsync() == 0
            || await send.CountAsync() == 0
        )
            return;
        foreach (var field in await fields.AllAsync())
            await field.FillAsync("");
        var answer = await visitor.Page.RunAndWaitForResponseAsync(
            () => send.ClickAsync(),
            one => one.Request.Method == "POST"
        );
        if (answer.Status != 422)
            complain($"answered {answer.Status} to an empty form");
        await Expect(visitor.Errors).ToBeVisibleAsync();
        await ReadAsync(what => complain($"sent empty: {what}"));
    }

    private void Add(string link)
    {
        if (!link.StartsWith('/') || link.Contains("lang=", StringComparison.Ordinal) || NotAPage().IsMatch(link))
            return;
        var path = link.Split('#')[0];
        if (seen.Add(PageOf(path)))
            ahead.Enqueue(path);
    }

    private string PageOf(string path) =>
        string.Join(
            '/',
            path.Split('?')[0]
                .Split('/')
                .Select(part =>
                    Guid.TryParse(part, out _) ? "{id}"
                    : blocks.Contains(part) ? "{block}"
                    : part
                )
        );

    [GeneratedRegex("/pdfjs/|/js/viewer|/api/(portfolios/[^/]+/files|documents)/")]
    private static partial Regex Evidence();

    [GeneratedRegex(
        @"^/(api|session|openapi|health|fonts|js|pdfjs|files?)(/|$)|\.(pdf|png|jpe?g|csv|cms|p7s|zip|json|svg|css|js)(\?|$)|/(content|scan|signature|evidence)(\?|$)"
    )]
    private static partial Regex NotAPage();
}
