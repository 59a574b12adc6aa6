using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Passwords;

/// <summary>Of a person's codes for a new password one is good at most: the newest, until it was used.</summary>
public static class ResetCodes
{
    /// <summary>Ends the codes of whom this transaction has taken, with the letters that would bring them
    /// again.</summary>
    public static Task EndAsync(IdentityDb db, Guid userId, Guid? except, CancellationToken ct) =>
        db
            .PasswordResets.Where(one => one.UserId == userId && one.Id != except && one.CodeHash != null)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(one => one.CodeHash, (byte[]?)null)
                        .SetProperty(one => one.SendAt, (DateTimeOffset?)null),
                ct
            );
}
