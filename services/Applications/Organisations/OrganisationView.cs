namespace PedAtt.Applications.Organisations;

public sealed record OrganisationView(
    Guid Id,
    Guid? ParentId,
    Level Level,
    string Kind,
    string NameKk,
    string NameRu,
    string Bin,
    string Kato,
    string Subordination
)
{
    public static OrganisationView Of(Organisation organisation) =>
        new(
            organisation.Id,
            organisation.ParentId,
            organisation.Level,
            organisation.Kind,
            organisation.NameKk,
            organisation.NameRu,
            organisation.Bin,
            organisation.Kato,
            organisation.Subordination
        );
}
