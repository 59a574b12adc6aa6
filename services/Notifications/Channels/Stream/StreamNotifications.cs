using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Notifications.Channels.Stream;

/// <summary>
/// Server-sent events: each new notification as it comes, and after a lost connection what came meanwhile
/// (Last-Event-ID). Ends with the sign-in.
/// </summary>
public static class StreamNotifications
{
    private static readonly TimeSpan CommentEvery = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long an ended sign-in may go on listening, added to what the list of ended ones takes to get here.
    /// </summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>A browser comes back by itself, and then finds the least busy replica.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder notifications) =>
        notifications
            .MapGet("stream", Handle)
            .WithSummary("New notifications as they come (server-sent events)")
            .Produces(200, contentType: "text/event-stream");

    public static async Task Handle(
        HttpContext http,
        NotificationsDb db,
        CurrentUser user,
        NotificationFeed feed,
        ReadersLanguage language,
        IEndedSessions ended,
        IHostApplicationLifetime host,
        CancellationToken ct
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, host.ApplicationStopping);
        var stop = ending.Token;
        var (person, session) = (user.Id, user.SessionId);
        using var signals = feed.Subscribe(person);
        var spoken = await language.OfAsync(http, stop);
        var last = await PositionAsync(http, db, person, stop);
        var started = Stopwatch.GetTimestamp();
        var spokeAt = started;

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await SayAsync(": listening\n\n");
            var mayBeNews = true;
            while (Stopwatch.GetElapsedTime(started) < AtMost && !await ended.ContainsAsync(session, stop))
            {
                var quiet = Stopwatch.GetElapsedTime(spokeAt) >= CommentEvery;
                // A signal may get lost with the connection that carries it: now and then we look without one.
                if (mayBeNews || quiet)
                {
                    var news = await db
                        .Notifications.AsNoTracking()
                        .Where(row => row.PersonId == person && row.Sequence > last)
                        .OrderBy(row => row.Sequence)
                        .Take(100)
                        .ToListAsync(stop);
                    foreach (var row in news)
                    {
                        var view = JsonSerializer.Serialize(NotificationView.Of(row, spoken), Json.Options);
                        await SayAsync($"id: {row.Id}\nevent: notification\ndata: {view}\n\n");
                        last = row.Sequence;
                    }
                    if (news.Count == 0 && quiet)
                        await SayAsync(": still here\n\n");
                }
                mayBeNews = await signals.WaitAsync(Tick, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader has gone, or we are going: a stream has no other end.
        }

        async Task SayAsync(string text)
        {
            await http.Response.WriteAsync(text, stop);
            await http.Response.Body.FlushAsync(stop);
            spokeAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>
    /// After the notification that the reader saw last; without one (or with somebody else's) only what comes from now
    /// on.
    /// </summary>
    private static async Task<long> PositionAsync(
        HttpContext http,
        NotificationsDb db,
        Guid person,
        CancellationToken ct
    )
    {
        var mine = db.Notifications.Where(row => row.PersonId == person);
        if (
            Guid.TryParse(http.Request.Headers["Last-Event-ID"], out var seen)
            && await mine.Where(row => row.Id == seen).Select(row => (long?)row.Sequence).SingleOrDefaultAsync(ct)
                is { } position
        )
            return position;
        return await mine.MaxAsync(row => (long?)row.Sequence, ct) ?? 0;
    }
}
