namespace PedAtt.Identity.People;

public sealed record AssignmentView(string Role, OrganisationView Organisation);

/// <summary>The public shape <c>me</c>; for an administrator's list also when the person was blocked.</summary>
/// <param name="Proven">
/// Whether it is known that the account's holder is the person whose IIN it has: they signed in by ЭЦП, registered with
/// a code issued for the IIN, or had an application forwarded. Until then the IIN is only claimed.
/// </param>
/// <param name="Closed">Whether the account was ended for good; its IIN and its e-mail are free again.</param>
/// <param name="NameMeant">For administrators: whom the login was issued for, beside the name that the person
/// wrote.</param>
public sealed record UserView(
    Guid Id,
    string Login,
    string Name,
    string Language,
    string Email,
    string Phone,
    IReadOnlyList<AssignmentView> Assignments,
    OrganisationView? Organisation,
    bool Blocked,
    bool Proven,
    bool Closed,
    string? NameMeant
)
{
    public static UserView Of(User user, string? nameMeant = null)
    {
        AssignmentView[] assignments =
        [
            .. user
                .Assignments.OrderBy(one => one.GivenAt)
                .ThenBy(one => one.Id)
                .Select(one => new AssignmentView(one.Role, OrganisationView.Of(one.Organisation))),
        ];
        return new(
            user.Id,
            user.UserName!,
            user.Name,
            user.Language,
            user.Email!,
            user.PhoneNumber!,
            assignments,
            assignments.FirstOrDefault()?.Organisation,
            user.BlockedAt is not null,
            user.ProvenAt is not null,
            user.ClosedAt is not null,
            nameMeant
        );
    }
}
