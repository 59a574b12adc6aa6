namespace PedAtt.Identity.People;

public enum Closing
{
    /// <summary>An administrator, with a ground.</summary>
    Administrator,

    /// <summary>The IIN's true holder, by ЭЦП: somebody else had registered with it.</summary>
    Holder,
}

public static class AccountClosing
{
    /// <summary>Ends an account that this transaction has taken: its sign-ins, its codes, its hold on the IIN and the
    /// e-mail.</summary>
    public static async Task CloseAsync(
        User user,
        Closing by,
        IdentityDb db,
        Sessions sessions,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        (user.ClosedAt, user.ClosedBy) = (now, by);
        await sessions.EndAsync(user.Id, only: null, SessionEnd.Closed, ct);
        await ResetCodes.EndAsync(db, user.Id, except: null, ct);
        db.SecurityEvents.Add(SecurityEvent.Of(user.Id, SecurityEvent.Closed, null, now));
    }
}
