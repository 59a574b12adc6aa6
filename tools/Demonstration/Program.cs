using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace PedAtt.Demonstration;

/// <summary>
/// Fills an empty system in Development with a small tree, a person in each role and their keys, and ends. It writes to
/// Identity's database, which Identity has brought to its schema before.
/// </summary>
public static class DemonstrationProgram
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<int> Main()
    {
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        if (settings["ASPNETCORE_ENVIRONMENT"] != "Development")
        {
            await Console.Error.WriteLineAsync("The demonstration is for Development only: nothing was done.");
            return 1;
        }
        var data = settings["PEDATT_DATA"] is { Length: > 0 } folder ? folder : "data";
        // A database that is just restarting is waited for, as any worker does.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = Open(
                    settings.GetConnectionString("identity")
                        ?? throw new InvalidOperationException("ConnectionStrings:identity is not set.")
                );
                await DemonstrationSet.MakeAsync(
                    db,
                    new PasswordHasher<User>(),
                    TimeProvider.System,
                    Path.Combine(data, "demo-keys"),
                    settings["PEDATT_TRUST"] is { Length: > 0 } trust ? trust : Path.Combine(data, "trust")
                );
                return 0;
            }
            catch (Exception e) when (attempt < 60 && (e is NpgsqlException || e.InnerException is NpgsqlException))
            {
                await Task.Delay(Pause);
            }
        }
    }

    private static IdentityDb Open(string database) =>
        new(new DbContextOptionsBuilder<IdentityDb>().UseNpgsql(database).Options);
}
