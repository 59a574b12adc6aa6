using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace PedAtt.Browser.Tests.World;

/// <summary>A form in which somebody is typing: the page and the field.</summary>
public sealed record HalfTyped(string Path, string Field, params (string Name, string Value)[] Others);

/// <summary>
/// Somebody who is signed in, the pages of their work, and the forms in which they type. They read what the server says
/// as it is, without a window, so that all of it is soon looked at.
/// </summary>
public sealed partial class Reader(Visitor visitor, IReadOnlyList<string> pages, IReadOnlyList<HalfTyped> forms)
    : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly Dictionary<HalfTyped, string> tokens = [];
    private string typed = "";

    public IEnumerable<string> Complaints()
    {
        while (wrong.TryDequeue(out var complaint))
            yield return complaint;
    }

    /// <summary>Opens each form and begins to type.</summary>
    public async Task TypeAsync(string text)
    {
        typed = text;
        foreach (var form in forms)
            tokens[form] = Token().Match(await (await AskAsync(form.Path)).TextAsync()).Groups["token"].Value;
    }

    /// <summary>Opens every page, and sends the forms as far as they were filled in.</summary>
    /// <param name="worksOn">What is away is not needed for any of it.</param>
    public async Task LookAroundAsync(bool worksOn = false)
    {
        foreach (var path in pages)
            await LookAsync(path, await AskAsync(path), worksOn);
        foreach (var form in forms)
        {
            var answer = await AskAsync(form.Path, form);
            await LookAsync($"{form.Path} (sent)", answer, worksOn);
            if (
                answer.Status >= 400
                && !WebUtility.HtmlDecode(await answer.TextAsync()).Contains(typed, StringComparison.Ordinal)
            )
                Complain(form.Path, answer, "lost what was typed");
        }
    }

    public ValueTask DisposeAsync() => visitor.DisposeAsync();

    private async Task LookAsync(string path, IAPIResponse answer, bool worksOn)
    {
        var html = await answer.TextAsync();
        if (worksOn && answer.Status >= 500)
            Complain(path, answer, "does not do without");
        if (Heading().Count(html) != 1)
            Complain(path, answer, "has not one main heading");
        foreach (var raw in visitor.RawIn(html))
            Complain(path, answer, raw);
    }

    private void Complain(string path, IAPIResponse answer, string what) =>
        wrong.Enqueue($"{path} ({visitor.Language}, {answer.Status}): {what}");

    /// <summary>As the browser asks for a page: with its cookies, from our own.</summary>
    private Task<IAPIResponse> AskAsync(string path, HalfTyped? form = null)
    {
        var options = new APIRequestContextOptions
        {
            Method = form is null ? "GET" : "POST",
            MaxRedirects = 5,
            Headers = new Dictionary<string, string>
            {
                ["Accept"] = "text/html",
                ["Origin"] = visitor.Site.Gateway.GetLeftPart(UriPartial.Authority),
            },
        };
        if (form is not null)
        {
            var data = visitor.Context.APIRequest.CreateFormData();
            data.Set("csrf", tokens[form]);
            data.Set(form.Field, typed);
            foreach (var (name, value) in form.Others)
                data.Set(name, value);
            options.Form = data;
        }
        return visitor.Context.APIRequest.FetchAsync(path, options);
    }

    [GeneratedRegex("name=\"csrf\" value=\"(?<token>[^\"]*)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex Heading();
}
