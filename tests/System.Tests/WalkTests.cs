using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.SystemTests;

/// <summary>The README's walk with curl works as it is written.</summary>
public partial class WalkTests(SharedSystem system)
{
    private static readonly string script = Path.Combine(TestServers.Root, "docs", "walk.sh");

    [Fact]
    public async Task The_walk_with_curl_leads_to_the_decision_as_often_as_it_is_walked()
    {
        for (var i = 0; i < 3; i++)
        {
            var (code, said, complaint) = await WalkAsync(system.Gateway);
            Assert.Equal("", complaint);
            Assert.Equal(0, code);
            Assert.Contains("\"status\":\"meets\"", said);
            Assert.Contains("\"kind\":\"application.meets\"", said);
        }
    }

    [Fact]
    public async Task The_walk_stops_at_the_first_refusal_with_one_sentence()
    {
        // Of an origin that is no part of the API everything is refused.
        var (code, said, complaint) = await WalkAsync(new Uri(system.Gateway, "/nobody"));
        Assert.Equal(1, code);
        Assert.Equal("", said);
        Assert.Matches(@"^The walk stopped: POST identity/tokens was refused with 4[0-9][0-9]: [^\n]+\n$", complaint);

        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nowhere = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}");
        closed.Stop();
        (code, said, complaint) = await WalkAsync(nowhere);
        Assert.Equal((1, ""), (code, said));
        Assert.Matches(@"^The walk stopped: POST http\S+ was not answered\.\n$", complaint);
    }

    [Fact]
    public async Task Every_call_that_the_README_shows_stands_in_the_walk()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(TestServers.Root, "README.md"));
        var walk = await File.ReadAllLinesAsync(script);
        Assert.All(
            Shown().Match(readme).Groups["calls"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            call => Assert.Contains(call, walk)
        );
        Assert.InRange(readme.Split('\n').Length, 1, 141);
    }

    /// <summary>Line by line into a shell, as somebody who pastes it.</summary>
    private async Task<(int Code, string Said, string Complaint)> WalkAsync(Uri origin)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = TestServers.Root };
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        start.Environment["PEDATT_PUBLIC_URL"] = origin.AbsoluteUri.TrimEnd('/');
        start.Environment["PEDATT_DATA"] = Path.GetDirectoryName(system.DemoKeys)!;
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        try
        {
            await bash.StandardInput.WriteAsync(await File.ReadAllTextAsync(script));
            bash.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has stopped before the last line.
        }
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output, await errors);
    }

    [GeneratedRegex("```bash\n(?<calls>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
