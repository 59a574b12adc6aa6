using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;

namespace PedAtt.Notifications.Clients;

public sealed class ApplicationsClient(HttpClient http)
{
    /// <summary>Null where there is no such application any more (a deleted draft).</summary>
    public Task<ApplicationFacts?> FactsAsync(Guid id, CancellationToken ct) => http.AskAsync<ApplicationFacts>($"applications/{id}", ct);
}
