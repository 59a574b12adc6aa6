using System.Diagnostics;
using PedAtt.AppHost.Servers;

namespace PedAtt.Testing;

/// <summary>
/// Other people's programs that tests look at our files with, installed where the machine lacks them:
/// <code>
/// var text = await Tools.RunAsync("pdftotext", file, "-");
/// </code>
/// </summary>
public static class Tools
{
    private static readonly Lazy<Task> there = new(() =>
        Task.Run(() => Provisioning.EnsureTestTools(Console.Error.WriteLine))
    );

    /// <summary>For who runs them in another way.</summary>
    public static Task ReadyAsync() => there.Value;

    /// <summary>Runs qpdf, pdffonts, pdftotext, pdftoppm, zbarimg or openssl to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0; the message says what it
    /// complained of.</exception>
    public static async Task<string> RunAsync(string tool, params IEnumerable<string> arguments)
    {
        await there.Value;
        using var process = Process.Start(
            new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{tool} ended with {process.ExitCode}: {output}{await errors}");
    }
}
