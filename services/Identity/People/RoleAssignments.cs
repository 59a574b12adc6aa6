namespace PedAtt.Identity.People;

/// <summary>A role on an organisation. One organisation is one, however often it was read.</summary>
public sealed record RoleOn(string Role, Organisation Organisation)
{
    public bool Equals(RoleOn? other) =>
        other is not null && Role == other.Role && Organisation.Id == other.Organisation.Id;

    public override int GetHashCode() => HashCode.Combine(Role, Organisation.Id);
}

/// <param name="LastOrganisationId">Where the last role was held, if none is left.</param>
public sealed record RolesChange(IReadOnlyList<RoleOn> Taken, IReadOnlyList<RoleOn> Given, Guid? LastOrganisationId)
{
    public bool IsNone => Taken.Count + Given.Count == 0;

    /// <summary>The roles alone, for the list of what administrators did: <c>-secretary +executor</c>.</summary>
    public override string ToString() =>
        string.Join(' ', [.. Taken.Select(one => $"-{one.Role}"), .. Given.Select(one => $"+{one.Role}")]);
}

/// <summary>What an administrator's wish for a person's roles changes.</summary>
public static class RoleAssignments
{
    /// <param name="held">All roles of the person.</param>
    /// <param name="asked">What they shall be in the administrator's part of the tree; beyond it nothing is taken
    /// away.</param>
    /// <param name="seats">Where the administrator administers.</param>
    /// <exception cref="Problem">403 role.not-allowed: a role that these seats may neither give nor take.</exception>
    public static RolesChange Change(
        IReadOnlyList<RoleOn> held,
        IReadOnlyList<RoleOn> asked,
        IReadOnlyList<Assignment> seats
    )
    {
        RoleOn[] taken = [.. held.Where(one => Covers(one) && !asked.Contains(one))];
        RoleOn[] given = [.. asked.Where(one => !held.Contains(one))];
        if (taken.Concat(given).Any(one => !MayIssue(one)))
            throw Problem.NotAllowed();
        var isLast = given.Length == 0 && taken.Length > 0 && taken.Length == held.Count;
        return new(taken, given, isLast ? taken[0].Organisation.Id : null);

        bool Covers(RoleOn one) => seats.Any(seat => one.Organisation.Path.Contains(seat.OrganisationId));

        bool MayIssue(RoleOn one) =>
            seats.Any(seat =>
                one.Organisation.Path.Contains(seat.OrganisationId)
                && RoleTable.MayIssue(seat.Level, one.Role, one.Organisation.Level)
            );
    }
}
