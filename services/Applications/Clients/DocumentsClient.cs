using PedAtt.Applications.Domain;
using PedAtt.Contracts.Internal;
using PedAtt.ServiceDefaults;

namespace PedAtt.Applications.Clients;

public sealed class DocumentsClient(HttpClient http)
{
    /// <summary>Stops writes made on older knowledge, and tells the papers' facts as they are then (docs/decisions).</summary>
    public async Task<DocumentFacts> SealAsync(Application application, Guid sealId, string move, CancellationToken ct)
    {
        var seal = new DocumentSeal(
            sealId,
            application.Version + 1,
            move,
            application.Submissions.Count + (move == SealedMoves.Submit ? 1 : 0),
            application.EditVersion);
        return await http.AskAsync<DocumentSeal, DocumentFacts>($"documents/{application.Id}/seal", seal, ct)
            ?? throw Problem.Unavailable();
    }
}
