using PedAtt.Applications.Domain;
using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;
using Organisation = PedAtt.Applications.Domain.Organisation;

namespace PedAtt.Applications.Clients;

public sealed class IdentityClient(HttpClient http)
{
    /// <summary>The organisation and all above it, itself first.</summary>
    public async Task<IReadOnlyList<Organisation>> PathAsync(Guid organisationId, CancellationToken ct)
    {
        var found = await http.AskAsync<OrganisationWithPath>($"organisations/{organisationId}", ct)
            ?? throw new InvalidOperationException("A token names an organisation that Identity does not know.");
        return [.. found.Path.Select(organisation => new Organisation
        {
            Id = organisation.Id,
            ParentId = organisation.ParentId,
            Level = Words.Parse<Level>(organisation.Level)
                ?? throw new InvalidOperationException($"Identity says level {organisation.Level}."),
            Kind = organisation.Kind,
            NameKk = organisation.NameKk,
            NameRu = organisation.NameRu,
            Bin = organisation.Bin,
            Kato = organisation.Kato,
            Subordination = organisation.Subordination,
            Version = organisation.Version,
        })];
    }

    /// <summary>Whose IIN it is; null where nobody's. In a body, because a URL is logged on its way.</summary>
    public async Task<Guid?> PersonAsync(string iin, CancellationToken ct) =>
        (await http.AskAsync<ByIinQuery, Person>("people/by-iin", new ByIinQuery(iin), ct))?.Id;
}
