namespace PedAtt.Identity.People;

public sealed record AssignmentView(string Role, OrganisationView Organisation);

/// <summary>The public shape <c>me</c>; for an administrator's list also when the person was blocked.</summary>
public sealed record UserView(
    Guid Id, string Login, string Name, string Language, string Email, string Phone, IReadOnlyList<AssignmentView> Assignments,
    OrganisationView? Organisation, bool Blocked)
{
    public static UserView Of(User user)
    {
        AssignmentView[] assignments =
        [
            .. user.Assignments.OrderBy(one => one.GivenAt).ThenBy(one => one.Id)
                .Select(one => new AssignmentView(one.Role, OrganisationView.Of(one.Organisation))),
        ];
        return new(
            user.Id, user.UserName!, user.Name, user.Language, user.Email!, user.PhoneNumber!, assignments,
            assignments.FirstOrDefault()?.Organisation, user.BlockedAt is not null);
    }
}
