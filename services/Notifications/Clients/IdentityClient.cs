using PedAtt.Contracts.Internal;
using PedAtt.Notifications.Domain;
using PedAtt.ServiceDefaults;

namespace PedAtt.Notifications.Clients;

public sealed class IdentityClient(HttpClient http)
{
    public Task<Person?> PersonAsync(Guid id, CancellationToken ct) => http.AskAsync<Person>($"people/{id}", ct);

    public async Task<IReadOnlyList<Person>> PeopleAsync(Audience audience, CancellationToken ct)
    {
        if (audience.PersonId is { } id)
            return await PersonAsync(id, ct) is { } person ? [person] : [];
        return await http.AskAsync<InRoleQuery, List<Person>>("people/in-role", new(audience.Role!, audience.OrganisationIds), ct) ?? [];
    }
}
