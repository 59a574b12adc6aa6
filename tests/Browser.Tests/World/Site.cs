using System.Diagnostics;
using Microsoft.Playwright;
using PedAtt.Testing;

namespace PedAtt.Browser.Tests.World;

/// <summary>The whole running system and one browser, for every test of this assembly; each visitor gets a window that
/// knows nothing of the others.</summary>
public sealed class Site : SharedSystem
{
    /// <summary>Milliseconds: a machine may be busy with other things.</summary>
    private const int patience = 45_000;

    private static readonly string[] arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // NCALayer's certificate is its own; a reader's machine is made to trust it when NCALayer is installed.
        "--ignore-certificate-errors",
    ];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    protected override string LogName => "browser.log";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Tools.ReadyAsync();
        SetDefaultExpectTimeout(patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = "/usr/bin/chromium", Args = arguments }
        );
    }

    public override async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await base.DisposeAsync();
    }

    /// <param name="narrow">A small phone: 360 px.</param>
    public async Task<Visitor> VisitAsync(string language = "ru", bool narrow = false, bool script = true)
    {
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = Gateway.AbsoluteUri,
                JavaScriptEnabled = script,
                ViewportSize = narrow ? new() { Width = 360, Height = 740 } : new() { Width = 1280, Height = 900 },
                Locale = language,
                TimezoneId = "Asia/Almaty",
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(patience);
        return await Visitor.ComeAsync(this, context, language);
    }

    /// <summary>A visitor who has signed in by the form.</summary>
    public async Task<Visitor> VisitAsync(
        Person person,
        string language = "ru",
        bool narrow = false,
        bool script = true
    ) => await VisitAsync(person.Login, Person.Password, language, narrow, script);

    public async Task<Visitor> VisitAsync(
        string login,
        string password,
        string language = "ru",
        bool narrow = false,
        bool script = true
    )
    {
        var visitor = await VisitAsync(language, narrow, script);
        await new SignInPage(visitor).SignInAsync(login, password);
        return visitor;
    }

    /// <summary>Does something while a part of the system is dead.</summary>
    public async Task WithoutAsync(string part, Func<Task> act)
    {
        var killed = await Running.KillAsync(part);
        try
        {
            await act();
        }
        finally
        {
            await killed.RestartAsync();
            await AnswersAsync(part);
            await Running.HealthyAsync();
        }
    }

    /// <summary>The gateway's health does not speak of the pages.</summary>
    private async Task AnswersAsync(string part)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (
            var until = Stopwatch.GetTimestamp() + 60 * Stopwatch.Frequency;
            part == "web" && Stopwatch.GetTimestamp() < until;
            await Task.Delay(200)
        )
        {
            try
            {
                if ((await http.GetAsync(new Uri(Gateway, "sign-in"))).IsSuccessStatusCode)
                    return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException) { }
        }
    }
}
