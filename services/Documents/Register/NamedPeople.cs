using PedAtt.Internal;

namespace PedAtt.Documents.Register;

/// <summary>What stands on a document must be known: who Identity does not know cannot be named.</summary>
public static class NamedPeople
{
    /// <exception cref="Problem">503 service.unavailable</exception>
    public static async Task<Person> NamedPersonAsync(this IdentityClient identity, Guid id, CancellationToken ct) =>
        await identity.PersonAsync(id, ct) ?? throw Problem.Unavailable();

    /// <exception cref="Problem">503 service.unavailable</exception>
    public static async Task<Organisation> NamedOrganisationAsync(
        this IdentityClient identity,
        Guid id,
        CancellationToken ct
    ) => (await identity.OrganisationAsync(id, ct) ?? throw Problem.Unavailable()).Organisation;
}
