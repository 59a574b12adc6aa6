using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace PedAtt.AppHost.Servers;

/// <summary>Something is missing that cannot be installed here; the message says what to do.</summary>
public sealed class ProvisioningException(string message) : Exception(message);

/// <summary>
/// Installs what the servers need and the machine lacks: Debian's packages as root, npm's packages into the user's
/// cache. Without the right to, it says the one command to run.
/// </summary>
public static partial class Provisioning
{
    public const string Maildev = "maildev@2.1.0";

    /// <param name="Units">What the packages would start by themselves when the machine boots.</param>
    private sealed record Need(string Packages, string Why, Func<bool> IsThere, string Units = "");

    private static readonly Need[] Needs =
    [
        new("util-linux", "runs and ends the servers", () => OnPath("setsid") && OnPath("setpriv") && OnPath("flock")),
        new("tzdata", "the days of Asia/Almaty", () => File.Exists("/usr/share/zoneinfo/Asia/Almaty")),
        new(
            "libicu",
            "sorts Kazakh names",
            () => AnyFile("/usr/lib", "libicuuc.so.*") || AnyFile("/lib", "libicuuc.so.*")
        ),
        new(
            "postgresql",
            "the databases",
            () =>
                Directory.Exists("/usr/lib/postgresql")
                && Directory.GetDirectories("/usr/lib/postgresql").Any(home => File.Exists($"{home}/bin/initdb")),
            "postgresql"
        ),
        new(
            "rabbitmq-server",
            "events between the services",
            () => File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server"),
            "rabbitmq-server"
        ),
        new(
            "radosgw ceph-mon ceph-osd",
            "object storage for files (S3)",
            () =>
                OnPath("radosgw")
                && OnPath("ceph-mon")
                && OnPath("ceph-osd")
                && OnPath("ceph")
                && OnPath("monmaptool")
                && OnPath("radosgw-admin")
        ),
        new(
            "clamav-daemon",
            "the virus scanner",
            () => File.Exists("/usr/sbin/clamd"),
            "clamav-daemon clamav-daemon.socket clamav-freshclam"
        ),
        new("nodejs", "runs the mail sink", () => OnPath("node")),
        new("npm", "fetches the mail sink", () => OnPath("npm")),
    ];

    /// <summary>What the tests look at our files with; the system itself needs none of it.</summary>
    private static readonly Need[] TestTools =
    [
        new("openssl", "opens our keys", () => OnPath("openssl")),
        new("qpdf", "checks a PDF's structure", () => OnPath("qpdf")),
        new(
            "poppler-utils",
            "reads and draws a PDF",
            () => OnPath("pdffonts") && OnPath("pdftotext") && OnPath("pdftoppm")
        ),
        new("zbar-tools", "reads a QR code", () => OnPath("zbarimg")),
        new("chromium", "opens the pages as a reader does", () => File.Exists("/usr/bin/chromium")),
    ];

    /// <summary>Everything the servers need from Debian or Ubuntu. Says one line when it installs something.</summary>
    public static void EnsurePackages(Action<string> say) => Ensure(Needs, say);

    /// <summary>The same for what only tests need.</summary>
    public static void EnsureTestTools(Action<string> say) => Ensure(TestTools, say);

    private static void Ensure(Need[] needs, Action<string> say)
    {
        if (!OperatingSystem.IsLinux())
            throw new ProvisioningException(
                "Without a container engine the servers run on Linux only. Start a container engine."
            );
        var missing = Missing(needs);
        if (missing.Length == 0)
            return;

        using var turn = WaitForTurn("packages");
        missing = Missing(needs);
        if (missing.Length == 0)
            return;

        var reasons = string.Join(", ", missing.Select(need => $"{need.Packages} ({need.Why})"));
        if (!OnPath("apt-get"))
            throw new ProvisioningException($"Missing: {reasons}. Install them with this system's package manager.");
        if (!Environment.IsPrivilegedProcess)
        {
            var names = missing
                .SelectMany(need => need.Packages.Split(' '))
                .Select(name => name == "libicu" ? "'^libicu[0-9]+$'" : name);
            throw new ProvisioningException(
                $"Missing: {reasons}. Run this once, then start again:\n"
                    + $"  sudo sh -c \"apt-get update && apt-get install -y --no-install-recommends {string.Join(' ', names)}\""
            );
        }
        say($"Installing what this machine lacks: {reasons}");
        Install(missing);
    }

    /// <summary>An npm package with its version, in the user's cache. Returns the folder that holds
    /// node_modules.</summary>
    public static string EnsureNpm(string package, string why, Action<string> say)
    {
        var home = Path.Combine(Cache(), package.Replace('/', '-'));
        if (Directory.Exists(home))
            return home;
        using var turn = WaitForTurn("npm");
        if (Directory.Exists(home))
            return home;

        say($"Installing {package} ({why}) into {Path.GetDirectoryName(home)}");
        var half = Directory.CreateDirectory($"{home}.{Environment.ProcessId}").FullName;
        var (code, output) = Run(
            "npm",
            ["install", "--prefix", half, "--no-audit", "--no-fund", "--loglevel=error", package]
        );
        if (code != 0)
        {
            Directory.Delete(half, recursive: true);
            throw new ProvisioningException($"npm could not install {package}:\n{output}");
        }
        Directory.Move(half, home);
        return home;
    }

    private static Need[] Missing(Need[] needs) => [.. needs.Where(need => !need.IsThere())];

    [SupportedOSPlatform("linux")]
    private static void Install(Need[] missing)
    {
        // The packages' own start scripts ask this file; the servers are started by us, with our own data and ports.
        const string Policy = "/usr/sbin/policy-rc.d";
        var ours = !File.Exists(Policy);
        if (ours)
        {
            File.WriteAllText(Policy, "#!/bin/sh\nexit 101\n");
            File.SetUnixFileMode(Policy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        try
        {
            Apt("update");
            // The number in ICU's name is the release's.
            var names = missing
                .SelectMany(need => need.Packages.Split(' '))
                .Select(name => name == "libicu" ? IcuPackage() : name);
            Apt(["install", "-y", "--no-install-recommends", .. names]);
        }
        finally
        {
            if (ours)
                File.Delete(Policy);
        }
        if (Missing(missing) is { Length: > 0 } still)
            throw new ProvisioningException(
                $"Installed, but still missing: {string.Join(' ', still.Select(need => need.Packages))}"
            );
        if (!Directory.Exists("/run/systemd/system"))
            return;
        foreach (var unit in missing.SelectMany(need => need.Units.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            Run("systemctl", ["disable", "--quiet", unit]);
    }

    private static void Apt(params string[] arguments)
    {
        // Another apt may be at work (unattended upgrades): wait for its lock.
        var (code, output) = Run("apt-get", ["-o", "DPkg::Lock::Timeout=600", "-q", .. arguments]);
        for (
            var tries = 0;
            code != 0 && output.Contains("Could not get lock", StringComparison.Ordinal) && tries < 60;
            tries++
        )
        {
            Thread.Sleep(TimeSpan.FromSeconds(5));
            (code, output) = Run("apt-get", ["-o", "DPkg::Lock::Timeout=600", "-q", .. arguments]);
        }
        if (code == 0)
            return;
        var end = string.Join('\n', output.Split('\n').TakeLast(15));
        throw new ProvisioningException($"apt-get {string.Join(' ', arguments)} failed:\n{end}");
    }

    private static string IcuPackage() =>
        Run("apt-cache", ["pkgnames", "libicu"])
            .Output.Split('\n')
            .Where(name => Icu().IsMatch(name))
            .OrderByDescending(name => name.Length)
            .ThenByDescending(name => name, StringComparer.Ordinal)
            .FirstOrDefault()
        ?? throw new ProvisioningException("No ICU package (libicu…) is known to apt here.");

    private static (int Code, string Output) Run(string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static bool OnPath(string command) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/bin:/sbin:/bin"
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, command)));

    private static bool AnyFile(string folder, string pattern) =>
        Directory.Exists(folder)
        && Directory
            .GetDirectories(folder)
            .Prepend(folder)
            .Any(one =>
            {
                try
                {
                    return Directory.EnumerateFiles(one, pattern).Any();
                }
                catch (UnauthorizedAccessException)
                {
                    return false;
                }
            });

    private static string Cache()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var folder = Path.Combine(home is "" ? Path.GetTempPath() : Path.Combine(home, ".cache"), "pedatt");
        return Directory.CreateDirectory(folder).FullName;
    }

    private static FileStream WaitForTurn(string what) =>
        FileLock.Wait(Path.Combine(Cache(), $"{what}.lock"), TimeSpan.FromMinutes(30));

    [GeneratedRegex("^libicu[0-9]+$")]
    private static partial Regex Icu();
}
