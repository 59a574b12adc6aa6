namespace PedAtt.Identity.Organisations;

/// <summary>The public shape <c>organisation</c>.</summary>
public sealed record OrganisationView(
    Guid Id,
    Guid? ParentId,
    string Level,
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
