using PedAtt.Applications.Domain;
using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;

namespace PedAtt.Applications.Clients;

public sealed class PortfolioClient(HttpClient http)
{
    /// <summary>Stops writes made on older knowledge, and tells the portfolio's facts as they are then (docs/decisions).</summary>
    public async Task<PortfolioFacts> SealAsync(Application application, Guid sealId, string move, CancellationToken ct)
    {
        var seal = new PortfolioSeal(
            sealId,
            application.Version + 1,
            move,
            application.Submissions.Count + (move == SealedMoves.Submit ? 1 : 0),
            application.EditVersion,
            application.FilingDate,
            application.ClaimedCategory,
            application.CurrentCategory,
            application.ReturnedBlocks);
        return await http.AskAsync<PortfolioSeal, PortfolioFacts>($"portfolios/{application.Id}/seal", seal, ct)
            ?? throw Problem.Unavailable();
    }

    /// <summary>How many returned blocks of each application its teacher has not mended yet.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> ReturnedAsync(IEnumerable<Application> applications, CancellationToken ct)
    {
        ReturnedQuery[] asked =
        [
            .. applications.Where(application => application.Status == ApplicationStatus.ReturnedForRevision)
                .Select(application => new ReturnedQuery(application.Id, application.EditVersion, application.ReturnedBlocks)),
        ];
        if (asked.Length == 0)
            return new Dictionary<Guid, int>();
        return await http.AskAsync<ReturnedQuery[], Dictionary<Guid, int>>("portfolios/returned", asked, ct)
            ?? throw Problem.Unavailable();
    }
}
