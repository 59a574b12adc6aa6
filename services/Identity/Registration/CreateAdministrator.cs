using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Registration;

/// <summary>
/// <c>--create-administrator</c>: the first administrator of the republic, by a login whose activation code is shown
/// once. Refuses where one exists: who rules a system must not be able to be made twice by whoever reaches its shell.
/// </summary>
public static class CreateAdministrator
{
    /// <returns>Whether the command line asked for it; the process has done its work then.</returns>
    public static async Task<bool> RanAsync(WebApplication app, string[] args)
    {
        if (!args.Contains("--create-administrator"))
            return false;
        await Database.MigrateAsync<IdentityDb>(app.Services);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var made = await MakeAsync(db, app.Services.GetRequiredService<TimeProvider>(), CancellationToken.None);
        if (made is { } administrator)
            Console.WriteLine(
                $"""
                login: {administrator.Login}
                activation code: {administrator.Code}
                Register with both (POST /api/identity/registrations). The code is not shown again; it is valid for 60 days.
                """
            );
        else
        {
            await Console.Error.WriteLineAsync("An administrator exists already: nothing was done.");
            Environment.ExitCode = 1;
        }
        return true;
    }

    /// <summary>A valid number of nobody, until the administrator writes the ministry's own (PATCH
    /// organisations).</summary>
    private const string PlaceholderBin = "220740000019";

    public static Task<(string Login, string Code)?> MakeAsync(
        IdentityDb db,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        db.InTransactionAsync<(string, string)?>(
            async () =>
            {
                await db.TakeTurnAsync("first-administrator", ct);
                var now = clock.Now();
                if (
                    await db.RoleAssignments.AnyAsync(one => one.Role == Roles.Administrator, ct)
                    || await db.IssuedLogins.AnyAsync(
                        one => one.Role == Roles.Administrator && one.UsedAt == null && one.ExpiresAt > now,
                        ct
                    )
                )
                    return null;
                var republic = await db.Organisations.FirstOrDefaultAsync(one => one.Level == Levels.Republic, ct);
                if (republic is null)
                {
                    republic = Organisation.Under(
                        null,
                        Levels.Republic,
                        "education-authority",
                        "Қазақстан Республикасының Оқу-ағарту министрлігі",
                        "Министерство просвещения Республики Казахстан",
                        PlaceholderBin,
                        "000000000",
                        "republic"
                    );
                    db.Organisations.Add(republic);
                    db.Publish(republic.Changed(now));
                }
                var code = Secrets.ActivationCode();
                var issued = new IssuedLogin
                {
                    Login = Secrets.Login(Roles.Administrator),
                    Role = Roles.Administrator,
                    OrganisationId = republic.Id,
                    ActivationCodeHash = Secrets.Hash(Secrets.Typed(code)),
                    IssuedAt = now,
                    ExpiresAt = now + SessionRules.IssuedLogin,
                };
                db.IssuedLogins.Add(issued);
                db.AdministratorActions.Add(
                    new AdministratorAction
                    {
                        Action = "login.issued",
                        SubjectId = issued.Id,
                        Details = Roles.Administrator,
                        At = now,
                    }
                );
                await db.SaveChangesAsync(ct);
                return (issued.Login, code);
            },
            ct
        );
}
