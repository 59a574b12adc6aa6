using System.Data;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Entries;

/// <summary>A portfolio as it is now, in its public shape.</summary>
public static class CurrentPortfolio
{
    /// <summary>Of one moment, though it stands in several tables.</summary>
    public static async Task<PortfolioView> CurrentViewAsync(
        this PortfolioDb db,
        Catalogue catalogue,
        ApplicationFacts application,
        bool locked,
        CancellationToken ct
    )
    {
        await using var moment = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var state = await db.StateAsync(application.Id, catalogue.For(application), ct);
        return PortfolioView.Of(application.Id, state, locked, await db.FormerSubmissionAsync(application, ct));
    }

    /// <summary>While its teacher may change it, the last one came back; else the one before the last.</summary>
    private static async Task<FormerSubmission?> FormerSubmissionAsync(
        this PortfolioDb db,
        ApplicationFacts application,
        CancellationToken ct
    )
    {
        var came = application.Open.Any ? application.Submissions : application.Submissions.SkipLast(1);
        if (came.LastOrDefault() is not { } former)
            return null;
        var version = await db
            .Database.SqlQuery<int>(
                $"select (content->>'version')::int as \"Value\" from snapshots where seal_id = {former.SnapshotId}"
            )
            .ToListAsync(ct);
        return version.Count == 0 ? null : new(version[0], former.EditVersion);
    }
}
