using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;

namespace PedAtt.Notifications.Clients;

public sealed class PortfolioClient(HttpClient http)
{
    /// <summary>The blocks that a return made now would name.</summary>
    public async Task<IReadOnlyList<string>> ReturnedAsync(ApplicationFacts application, CancellationToken ct)
    {
        var asked = new ReturnedBlocksQuery(
            application.EditVersion, application.Data.FilingDate, application.Data.ClaimedCategory.Key, application.Data.CurrentCategory?.Key);
        return await http.AskAsync<ReturnedBlocksQuery, List<string>>($"portfolios/{application.Id}/returned-blocks", asked, ct)
            ?? throw Problem.Unavailable();
    }
}
