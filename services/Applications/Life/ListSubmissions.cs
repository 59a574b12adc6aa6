using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;

namespace PedAtt.Applications.Life;

/// <summary>What was sent, each time, exactly as it was sent.</summary>
public static class ListSubmissions
{
    /// <param name="Entries">By block, with the SHA-256 of their files.</param>
    /// <param name="RoundEndedBy">How the secretary's round ended: return or forward; null while it lasts.</param>
    /// <param name="Reviews">The verdicts with which the round ended; null while it lasts.</param>
    public sealed record SubmissionView(
        int Number,
        DateTimeOffset At,
        JsonElement Fields,
        JsonElement Entries,
        JsonElement Statement,
        ApplicationAction? RoundEndedBy,
        JsonElement? Reviews
    );

    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapGet("{id:guid}/submissions", Handle).WithSummary("Every submission, as it was sent");

    public static async Task<Ok<Paged<SubmissionView>>> Handle(
        Guid id,
        HttpContext http,
        ApplicationsDb db,
        CurrentActor caller,
        ReadingLog readings,
        CancellationToken ct
    )
    {
        var application = caller.RequireSeen(
            await db.WholeApplications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct)
        );
        var page = PageRequest.From(http);
        var after = page.Position<Position>()?.Number ?? 0;
        await readings.NoteAsync("submission", [application], ct);
        var rows = application
            .Submissions.Where(submission => submission.Number > after)
            .OrderBy(submission => submission.Number)
            .Take(page.Limit + 1)
            .Select(submission => new SubmissionView(
                submission.Number,
                submission.At,
                Read(submission.Fields),
                Read(submission.Entries),
                Read(submission.Statement),
                submission.RoundEndedBy,
                submission.Reviews is null ? null : Read(submission.Reviews)
            ));
        return TypedResults.Ok(Paged.Of([.. rows], page.Limit, last => Cursor.Encode(new Position(last.Number))));
    }

    private sealed record Position(int Number);

    private static JsonElement Read(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
