using PedAtt.Internal;

namespace PedAtt.Applications.Organisations;

public static class OrganisationPaths
{
    /// <summary>The organisation and all above it, itself first.</summary>
    public static async Task<IReadOnlyList<Organisation>> PathAsync(
        this IdentityClient identity,
        Guid organisationId,
        CancellationToken ct
    )
    {
        var found =
            await identity.OrganisationAsync(organisationId, ct)
            ?? throw new InvalidOperationException("A token names an organisation that Identity does not know.");
        return
        [
            .. found.Path.Select(organisation => new Organisation
            {
                Id = organisation.Id,
                ParentId = organisation.ParentId,
                Level =
                    KebabCase.Parse<Level>(organisation.Level)
                    ?? throw new InvalidOperationException($"Identity says level {organisation.Level}."),
                Kind = organisation.Kind,
                NameKk = organisation.NameKk,
                NameRu = organisation.NameRu,
                Bin = organisation.Bin,
                Kato = organisation.Kato,
                Subordination = organisation.Subordination,
                Version = organisation.Version,
            }),
        ];
    }
}
