using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Passwords;

/// <summary>A letter with a code to who forgot their password. The answer never says whether the address is
/// known.</summary>
public static class ForgotPassword
{
    /// <summary>E-mails to one address within an hour: more would only annoy its owner.</summary>
    private const int EmailsAnHour = 5;

    public sealed record Request(string? Email);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("password/forgot", Handle)
            .AllowAnonymous()
            .WithSummary("Ask for a letter with a code")
            .TakesJson<Request>();

    public static async Task<NoContent> Handle(
        HttpContext http,
        IdentityDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var errors = new Errors();
        if (!Contacts.IsEmail(request.Email))
            errors.Add("email", request.Email is null ? FieldCodes.Required : FieldCodes.EmailInvalid);
        errors.ThrowIfAny();

        var (email, now) = (Contacts.Normalized(request.Email!), clock.Now());
        return await db.InTransactionAsync(
            async () =>
            {
                await db.TakeTurnAsync($"letters to {email}", ct);
                var recent = await db.PasswordResets.CountAsync(
                    one => one.NormalizedEmail == email && one.RequestedAt > now.AddHours(-1),
                    ct
                );
                // Known or not, both leave a row: who the letter goes to is found out when it is sent.
                if (recent < EmailsAnHour)
                {
                    db.PasswordResets.Add(
                        new PasswordReset
                        {
                            NormalizedEmail = email,
                            RequestedAt = now,
                            SendAt = now,
                        }
                    );
                    await db.SaveChangesAsync(ct);
                }
                return TypedResults.NoContent();
            },
            ct
        );
    }
}
