using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Internal;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;

namespace PedAtt.Portfolio.Entries;

public static class GetPortfolio
{
    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios.MapGet("{id:guid}", Handle).WithSummary("The portfolio as it is, or as it was submitted");

    public static async Task<Ok<PortfolioView>> Handle(
        Guid id,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        Catalogue catalogue,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        var view = http.Request.Query["submission"].ToString() is { Length: > 0 } number
            ? await SubmittedAsync(db, access, number, ct)
            : await db.CurrentViewAsync(catalogue, access.Facts, locked: !access.Facts.Open.Any, ct);
        await db.NoteReadingAsync(access, user, "portfolio", id, clock, ct);
        http.SetVersion(view.Version);
        return TypedResults.Ok(view);
    }

    private static async Task<PortfolioView> SubmittedAsync(
        PortfolioDb db,
        ApplicationAccess access,
        string number,
        CancellationToken ct
    )
    {
        var submission =
            access.Facts.Submissions.FirstOrDefault(one => one.Number.ToString() == number) ?? throw Problem.NotFound();
        var snapshot =
            await db.Snapshots.AsNoTracking().SingleOrDefaultAsync(row => row.SnapshotId == submission.SnapshotId, ct)
            ?? throw Problem.NotFound();
        var reviews = await db
            .Reviews.AsNoTracking()
            .Where(row => row.ApplicationId == access.Facts.Id && row.Submission == submission.Number)
            .ToListAsync(ct);
        return JsonSerializer.Deserialize<PortfolioView>(snapshot.Content, Json.Options)!.With(reviews);
    }
}
