using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts;

namespace PedAtt.Identity.People;

/// <summary>By what it is known that the account's holder is the person whose IIN it has.</summary>
public enum Proof
{
    /// <summary>They signed in with their ЭЦП.</summary>
    Eds,

    /// <summary>They registered with a code that was issued for this IIN.</summary>
    ActivationCode,

    /// <summary>The secretary accepted their application with its identity card and sent it on.</summary>
    ForwardedApplication,
}

/// <summary>Keeps apart what a person claims from what is known: until then the account opens nothing that is older
/// than itself.</summary>
public static class IinProof
{
    /// <summary>The first proof stays. What was kept by the IIN before is the person's from here on.</summary>
    public static Task ProveAsync(IdentityDb db, Guid userId, Proof by, DateTimeOffset now, CancellationToken ct) =>
        db.InTransactionAsync(
            async () =>
            {
                var proven = await db
                    .Users.Where(one => one.Id == userId && one.ProvenAt == null && one.ClosedAt == null)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(one => one.ProvenAt, now).SetProperty(one => one.ProvenBy, by),
                        ct
                    );
                if (proven == 0)
                    return;
                db.Publish(new PersonProven(userId, now));
                await db.SaveChangesAsync(ct);
            },
            ct
        );
}
