using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

// People who click: each signs in at a running system, opens a page, looks at it for a second, and follows one of its
// links. What a page takes stands beside what a file takes that the same servers only pass on, turn by turn, so that
// whatever else the machine does slows both.
//   dotnet run -c Release --project benchmarks/Pages.Benchmarks -- [http://localhost:8080 [people [seconds
// [login:password …]]]]
var gateway = new Uri(args.ElementAtOrDefault(0) ?? "http://localhost:8080");
var people = int.Parse(args.ElementAtOrDefault(1) ?? "20");
var seconds = int.Parse(args.ElementAtOrDefault(2) ?? "30");
string[] logins =
    args.Length > 3
        ? args[3..]
        : [.. "teacher secretary executor chair admin".Split(' ').Select(who => $"demo-{who}:Demo-2026-pedatt")];
var visits = new List<(string Page, double Milliseconds)>();
var failures = 0;
var end = Stopwatch.GetTimestamp() + (seconds * Stopwatch.Frequency);

// One sign-in each is enough for everybody who goes by that name: more are slowed down on purpose.
var sessions = await Task.WhenAll(logins.Select(SignInAsync));
await Task.WhenAll(Enumerable.Range(0, people).Select(number => ClickAsync(sessions[number % sessions.Length])));

Console.WriteLine($"{people} people, {seconds} s, {failures} failures");
Console.WriteLine("| page | times | p50, ms | p95, ms | p50 to a file's |");
Console.WriteLine("|---|---|---|---|---|");
var file = Percentile(visits.Where(visit => visit.Page == "a file"), 0.5);
foreach (var page in visits.GroupBy(visit => visit.Page).OrderByDescending(page => page.Count()).Take(30))
    Print(page.Key, page);
Print("all pages", visits.Where(visit => visit.Page != "a file"));

void Print(string name, IEnumerable<(string, double)> times) =>
    Console.WriteLine(
        $"| {name} | {times.Count()} | {Percentile(times, 0.5):F0} | {Percentile(times, 0.95):F0} | {Percentile(times, 0.5) / file:F1} |"
    );

async Task<HttpClient> SignInAsync(string login)
{
    var http = new HttpClient(
        new SocketsHttpHandler { AllowAutoRedirect = true, AutomaticDecompression = DecompressionMethods.All }
    )
    {
        BaseAddress = gateway,
    };
    http.DefaultRequestHeaders.Add("Accept", "text/html");
    http.DefaultRequestHeaders.Add("Origin", gateway.GetLeftPart(UriPartial.Authority));
    var parts = login.Split(':', 2);
    using var answer = await http.PostAsJsonAsync("/session", new { login = parts[0], password = parts[1] });
    answer.EnsureSuccessStatusCode();
    return http;
}

async Task ClickAsync(HttpClient session)
{
    var here = "/";
    while (Stopwatch.GetTimestamp() < end)
    {
        await VisitAsync(session, "/app.css", "a file");
        var page = await VisitAsync(session, here, Regex.Replace(here.Split('?')[0], "[0-9a-f-]{36}", "{id}"));
        // Who got lost begins again.
        var links = Regex
            .Matches(page, "<a [^>]*href=\"(/[^\"#]*)\"")
            .Select(link => WebUtility.HtmlDecode(link.Groups[1].Value))
            .Where(link => !Regex.IsMatch(link, "^/(api|docs|sign-in)|lang="))
            .Distinct()
            .ToList();
        here = links.Count == 0 || Random.Shared.Next(10) == 0 ? "/" : links[Random.Shared.Next(links.Count)];
        await Task.Delay(Random.Shared.Next(500, 1500));
    }
}

async Task<string> VisitAsync(HttpClient session, string path, string name)
{
    var start = Stopwatch.GetTimestamp();
    using var answer = await session.GetAsync(path);
    var content = await answer.Content.ReadAsStringAsync();
    lock (visits)
    {
        visits.Add((name, Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        failures += answer.IsSuccessStatusCode ? 0 : 1;
    }
    return content;
}

static double Percentile(IEnumerable<(string, double Milliseconds)> times, double part)
{
    double[] sorted = [.. times.Select(one => one.Milliseconds).Order()];
    return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
