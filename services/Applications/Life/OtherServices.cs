using PedAtt.Internal;

namespace PedAtt.Applications.Life;

/// <summary>What the other services are asked about an application, from what it is now.</summary>
public static class OtherServices
{
    /// <summary>The portfolio's facts at a move that is being made; nobody writes on older knowledge from here on
    /// (decision 1).</summary>
    public static Task<PortfolioFacts> FreezeAsync(
        this PortfolioClient portfolios,
        Transition move,
        CancellationToken ct
    ) =>
        portfolios.FreezeAsync(
            move.Application.Id,
            new(
                move.SnapshotId,
                move.Application.Version + 1,
                KebabCase.Of(move.Action),
                SubmissionAt(move),
                move.Application.EditVersion,
                move.Application.FilingDay(move.At),
                move.Application.ClaimedCategory,
                move.Application.CurrentCategory,
                move.Application.ReturnedBlocks
            ),
            ct
        );

    /// <inheritdoc cref="FreezeAsync(PortfolioClient, Transition, CancellationToken)"/>
    public static Task<DocumentFacts> FreezeAsync(
        this DocumentsClient documents,
        Transition move,
        CancellationToken ct
    ) =>
        documents.FreezeAsync(
            move.Application.Id,
            new(
                move.SnapshotId,
                move.Application.Version + 1,
                KebabCase.Of(move.Action),
                SubmissionAt(move),
                move.Application.EditVersion
            ),
            ct
        );

    /// <summary>The blocks that a return made now would name.</summary>
    public static Task<IReadOnlyList<string>> ReturnedBlocksAsync(
        this PortfolioClient portfolios,
        Application application,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        portfolios.ReturnedBlocksAsync(
            application.Id,
            new(
                application.EditVersion,
                application.FilingDay(now),
                application.ClaimedCategory,
                application.CurrentCategory
            ),
            ct
        );

    /// <summary>How many returned blocks of each application its teacher has not mended yet.</summary>
    public static Task<IReadOnlyDictionary<Guid, int>> StillReturnedAsync(
        this PortfolioClient portfolios,
        IEnumerable<Application> applications,
        CancellationToken ct
    ) =>
        portfolios.StillReturnedAsync(
            [
                .. applications
                    .Where(application => application.Facts.Open == OpenPart.ReturnedBlocks)
                    .Select(application => new ReturnedQuery(
                        application.Id,
                        application.EditVersion,
                        application.ReturnedBlocks
                    )),
            ],
            ct
        );

    private static int SubmissionAt(Transition move) =>
        move.Application.Submissions.Count + (move.Action == ApplicationAction.Submit ? 1 : 0);
}
