using System.Net;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PedAtt.Identity;

/// <summary>What must not be so in Production: Identity, without which nobody signs in, does not start then and says
/// why.</summary>
public static class SafeStart
{
    private const int ShortestKey = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <returns>Whether it was refused, each reason in one sentence on standard error.</returns>
    public static async Task<bool> RefusedAsync(WebApplication app)
    {
        if (!app.Environment.IsProduction())
            return false;
        var refusals = await RefusalsAsync(app);
        foreach (var refusal in refusals)
            await Console.Error.WriteLineAsync(refusal);
        if (refusals.Count > 0)
            Environment.ExitCode = 1;
        return refusals.Count > 0;
    }

    public static IEnumerable<string> RefusalsOf(IConfiguration configuration)
    {
        if (
            !(
                Uri.TryCreate(configuration["PEDATT_PUBLIC_URL"], UriKind.Absolute, out var site)
                && site.Scheme == Uri.UriSchemeHttps
            )
        )
            yield return "Production needs PEDATT_PUBLIC_URL, the https:// address that people see: it stands in QR codes for ever.";
        if (Convert.FromBase64String(configuration["Internal:Key"] ?? "").Length < ShortestKey)
            yield return $"Production needs an Internal__Key of at least {ShortestKey} random bytes in base64.";
        if (ListensToOthers(configuration) && string.IsNullOrEmpty(configuration["PEDATT_PROXIES"]))
            yield return "Production needs PEDATT_PROXIES, the networks of the gateway (\"10.0.0.0/8;…\"), where it stands on another host: "
                + "without them all callers are one address, and a stranger's guesses lock everybody out.";
    }

    /// <summary>People whose passwords stand in the README.</summary>
    public static async Task<string?> DemonstrationAsync(IdentityDb db, CancellationToken ct) =>
        await db.IssuedLogins.AnyAsync(one => one.Login.StartsWith("demo-") && one.IssuedById == null, ct)
            ? "Production does not run on a database with the users of the demonstration: their passwords are known to everybody."
            : null;

    private static async Task<IReadOnlyList<string>> RefusalsAsync(WebApplication app)
    {
        // A database that is just restarting is waited for, as any worker does.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = app.Services.CreateAsyncScope();
                var demonstration = await DemonstrationAsync(
                    scope.ServiceProvider.GetRequiredService<IdentityDb>(),
                    app.Lifetime.ApplicationStopping
                );
                return [.. RefusalsOf(app.Configuration), .. demonstration is null ? (string[])[] : [demonstration]];
            }
            catch (Exception e) when (attempt < 60 && (e is NpgsqlException || e.InnerException is NpgsqlException))
            {
                await Task.Delay(Pause);
            }
        }
    }

    private static bool ListensToOthers(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["HTTP_PORTS"])
        || (configuration["URLS"] ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Any(url =>
                !Uri.TryCreate(url, UriKind.Absolute, out var address)
                || !(
                    address.Host == "localhost"
                    || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))
                )
            );
}
