using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Organisations;

public static class SaveOrganisation
{
    /// <summary>Saves it as it is now, and tells everybody.</summary>
    /// <exception cref="Problem">409 organisation.already-exists</exception>
    public static async Task SaveAsync(
        this Organisation organisation,
        IdentityDb db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        db.Publish(organisation.Changed(clock.Now()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.Violates("ix_organisations_bin"))
        {
            throw Problem.Conflict(Codes.OrganisationAlreadyExists, "A BIN names one organisation.");
        }
    }
}
