using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Catalogues;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;

namespace PedAtt.Portfolio.Reviews;

public static class ReviewBlock
{
    private const int LongestComment = 2000;

    public sealed record Request(string? Verdict, string? Comment);

    public static void Map(IEndpointRouteBuilder portfolios) =>
        portfolios
            .MapPut("{id:guid}/blocks/{block}/review", Handle)
            .WithSummary("Accept a block, or return it with a comment")
            .TakesJson<Request>();

    public static async Task<Ok<PortfolioView>> Handle(
        Guid id,
        string block,
        HttpContext http,
        PortfolioDb db,
        ApplicationsClient applications,
        Catalogue catalogue,
        PortfolioWriter writer,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var access = await applications.AccessAsync(id, ct);
        if (block is not (Catalogue.IdentityCard or Catalogue.Application))
            catalogue.For(access.Facts).RequireBlock(block);
        access.RequireRole(Roles.Secretary);
        var (verdict, comment) = Check(await RequestBody.ReadAsync<Request>(http, ct));

        await writer.WriteAsync(
            access,
            RequireUnderReview,
            async judged =>
            {
                var state = await db.StateAsync(id, catalogue.For(judged.Facts), ct);
                if (state.StatusOf(block) is BlockStatus.Empty or BlockStatus.NotApplicable)
                    throw Problem.Conflict(Codes.BlockEmpty, "There is nothing in the block to look at.");
                db.Reviews.Add(
                    new Review
                    {
                        ApplicationId = id,
                        Block = block,
                        Submission = judged.Facts.Submissions[^1].Number,
                        Verdict = verdict,
                        Comment = comment,
                        At = clock.Now(),
                        ById = user.Id,
                        Version = await db.RaiseVersionAsync(id, changedBlock: null, ct),
                        EditVersion = judged.Facts.EditVersion,
                    }
                );
                return true;
            },
            ct
        );
        // The answer shows the whole portfolio: it is read as by the call for it.
        await db.NoteReadingAsync(access, user, "portfolio", id, clock, ct);
        var view = await db.CurrentViewAsync(catalogue, access.Facts, locked: true, ct);
        http.SetVersion(view.Version);
        return TypedResults.Ok(view);
    }

    private static (Verdict Verdict, string? Comment) Check(Request request)
    {
        var errors = new Errors();
        Verdict? verdict = request.Verdict switch
        {
            "accepted" => Verdict.Accepted,
            "returned" => Verdict.Returned,
            _ => null,
        };
        if (verdict is null)
            errors.Add("verdict", request.Verdict is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        new Fields(errors).LongText(
            "comment",
            request.Comment,
            1..LongestComment,
            required: verdict == Verdict.Returned
        );
        errors.ThrowIfAny();
        return (verdict!.Value, request.Comment);
    }

    private static void RequireUnderReview(ApplicationAccess access)
    {
        access.RequireRole(Roles.Secretary);
        access.RequireWork(ApplicationWork.ReviewBlocks, "A block is looked at while its application is under review.");
    }
}
