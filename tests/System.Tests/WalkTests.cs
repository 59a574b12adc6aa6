using System.Diagnostics;
using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.SystemTests;

/// <summary>The README's walk with curl works as it is written.</summary>
public partial class WalkTests(SharedSystem system)
{
    private static readonly string script = Path.Combine(TestServers.Root, "docs", "walk.sh");

    [Fact]
    public async Task The_walk_with_curl_leads_to_the_decision()
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = TestServers.Root, RedirectStandardOutput = true, RedirectStandardInput = true };
        start.RedirectStandardError = true;
        start.Environment["PEDATT_PUBLIC_URL"] = system.Gateway.GetLeftPart(UriPartial.Authority);
        start.Environment["PEDATT_DATA"] = Path.GetDirectoryName(system.DemoKeys)!;
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        // Line by line into a shell, as somebody who pastes it.
        await bash.StandardInput.WriteAsync(await File.ReadAllTextAsync(script));
        bash.StandardInput.Close();
        await bash.WaitForExitAsync();

        var said = await output + await errors;
        Assert.DoesNotContain("The requested URL returned error", said);
        Assert.Equal(0, bash.ExitCode);
        Assert.Contains("\"status\":\"meets\"", said);
        Assert.Contains("\"kind\":\"application.meets\"", said);
    }

    [Fact]
    public async Task Every_call_that_the_README_shows_stands_in_the_walk()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "README.md"));
        var walk = await File.ReadAllLinesAsync(script);
        Assert.All(Shown().Match(readme).Groups["calls"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries), call => Assert.Contains(call, walk));
        Assert.InRange(readme.Split('\n').Length, 1, 121);
    }

    [GeneratedRegex("```bash\n(?<calls>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
