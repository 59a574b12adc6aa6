using PedAtt.Applications.Organisations;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

/// <summary>What the other services are asked about an application, from what it is now.</summary>
public static class OtherServices
{
    /// <summary>The portfolio's facts at a move that is being made; nobody writes on older knowledge from here on (decision 1).</summary>
    public static Task<PortfolioFacts> FreezeAsync(
        this PortfolioClient portfolio, Application application, Guid snapshotId, string move, CancellationToken ct) =>
        portfolio.FreezeAsync(
            application.Id,
            new(
                snapshotId, application.Version + 1, move, SubmissionAt(application, move), application.EditVersion,
                application.FilingDate, application.ClaimedCategory, application.CurrentCategory, application.ReturnedBlocks),
            ct);

    /// <inheritdoc cref="FreezeAsync(PortfolioClient, Application, Guid, string, CancellationToken)"/>
    public static Task<DocumentFacts> FreezeAsync(
        this DocumentsClient documents, Application application, Guid snapshotId, string move, CancellationToken ct) =>
        documents.FreezeAsync(
            application.Id,
            new(snapshotId, application.Version + 1, move, SubmissionAt(application, move), application.EditVersion),
            ct);

    /// <summary>How many returned blocks of each application its teacher has not mended yet.</summary>
    public static Task<IReadOnlyDictionary<Guid, int>> StillReturnedAsync(
        this PortfolioClient portfolio, IEnumerable<Application> applications, CancellationToken ct) =>
        portfolio.StillReturnedAsync(
            [
                .. applications.Where(application => application.Status == ApplicationStatus.ReturnedForRevision)
                    .Select(application => new ReturnedQuery(application.Id, application.EditVersion, application.ReturnedBlocks)),
            ],
            ct);

    private static int SubmissionAt(Application application, string move) =>
        application.Submissions.Count + (move == FreezingMoves.Submit ? 1 : 0);
}
