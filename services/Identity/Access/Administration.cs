using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Access;

/// <summary>What an administrator may touch: their own part of the tree, by the table of roles.</summary>
public sealed class Administration(IdentityDb db, CurrentUser user, TimeProvider clock)
{
    /// <summary>The organisations that the current user administers, with their levels.</summary>
    public IReadOnlyList<Assignment> Seats => [.. user.Assignments.Where(one => one.Role == Roles.Administrator)];

    public bool Covers(Organisation organisation) => Seats.Any(seat => organisation.Path.Contains(seat.OrganisationId));

    /// <summary>Whether some seat of theirs, above the organisation, may give this role there.</summary>
    public bool MayIssue(string role, Organisation organisation) =>
        Seats.Any(seat =>
            organisation.Path.Contains(seat.OrganisationId) && RoleTable.MayIssue(seat.Level, role, organisation.Level)
        );

    /// <summary>A user with a role in their part of the tree, or who lost their last one there; with all their
    /// roles.</summary>
    /// <exception cref="Problem">404 not-found</exception>
    public Task<User> UserAsync(Guid id, CancellationToken ct) => FindAsync(db.Users.AsNoTracking(), id, ct);

    /// <summary>The same, to be changed: nobody else changes or signs in this person until the transaction
    /// ends.</summary>
    /// <exception cref="Problem">404 not-found</exception>
    public async Task<User> TakeUserAsync(Guid id, CancellationToken ct)
    {
        await db.TakeUserAsync(id, ct);
        return await FindAsync(db.Users, id, ct);
    }

    private async Task<User> FindAsync(IQueryable<User> users, Guid id, CancellationToken ct)
    {
        var found = await users
            .Include(one => one.Assignments)
                .ThenInclude(one => one.Organisation)
            .Include(one => one.LastOrganisation)
            .SingleOrDefaultAsync(one => one.Id == id, ct);
        var isTheirs =
            found is not null
            && (
                found.Assignments.Any(one => Covers(one.Organisation))
                || (found.LastOrganisation is { } last && Covers(last))
            );
        return isTheirs ? found! : throw Problem.NotFound();
    }

    /// <summary>Who acts on a whole person must be above every role that the person holds.</summary>
    /// <exception cref="Problem">403 role.not-allowed</exception>
    public void RequireAbove(User target)
    {
        if (target.Id == user.Id || !target.Assignments.All(one => MayIssue(one.Role, one.Organisation)))
            throw Problem.NotAllowed();
    }

    /// <summary>What is refused without a look at the person is refused before anybody has to wait.</summary>
    /// <exception cref="Problem">403 role.not-allowed, 404 not-found</exception>
    public async Task RequireAboveAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        user.Require(Roles.Administrator);
        RequireAbove(await UserAsync(id, ct));
        await RequestBody.ReadNothingAsync(http, ct);
    }

    /// <summary>Whom the logins of these people were issued for.</summary>
    public Task<Dictionary<Guid, string>> NamesMeantAsync(IEnumerable<User> people, CancellationToken ct)
    {
        var ids = people.Select(one => (Guid?)one.Id).ToArray();
        return db
            .IssuedLogins.AsNoTracking()
            .Where(one => ids.Contains(one.UserId) && one.FullName != null)
            .ToDictionaryAsync(one => one.UserId!.Value, one => one.FullName!, ct);
    }

    public async Task<UserView> ViewAsync(User person, CancellationToken ct) =>
        UserView.Of(person, (await NamesMeantAsync([person], ct)).GetValueOrDefault(person.Id));

    /// <summary>That these people were shown to the administrator.</summary>
    public async Task NoteReadingAsync(IEnumerable<User> people, CancellationToken ct)
    {
        var role = Roles.Administrator;
        foreach (var person in people.Where(one => one.Id != user.Id))
            db.Readings.Add(
                new Reading
                {
                    ReaderId = user.Id,
                    Role = role,
                    Subject = "person",
                    SubjectId = person.Id,
                    At = clock.Now(),
                }
            );
        await db.SaveChangesAsync(ct);
    }

    public void Note(
        string action,
        Guid subjectId,
        Guid? organisationId = null,
        string? details = null,
        string? ground = null
    ) =>
        db.AdministratorActions.Add(
            new AdministratorAction
            {
                ActorId = user.Id,
                Action = action,
                SubjectId = subjectId,
                OrganisationId = organisationId,
                Details = details,
                Ground = ground,
                At = clock.Now(),
            }
        );
}
