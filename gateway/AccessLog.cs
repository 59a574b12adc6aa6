using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PedAtt.Gateway;

/// <summary>
/// One line for each request: method, path, status, time. Never a query string, and of the path only what our own
/// addresses are made of (words and UUIDs): whatever else somebody puts there, be it an IIN or a document's secret
/// code, is a '*'.
/// </summary>
public static partial class AccessLog
{
    public static void UseAccessLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("PedAtt.Gateway.Access");
        app.Use(
            async (http, next) =>
            {
                var started = Stopwatch.GetTimestamp();
                try
                {
                    await next(http);
                }
                finally
                {
                    if (!http.Request.Path.StartsWithSegments("/health"))
                    {
                        LogRequest(
                            log,
                            Word().IsMatch(http.Request.Method) ? http.Request.Method : "*",
                            Told(http.Request.Path),
                            http.Response.StatusCode,
                            (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds
                        );
                    }
                }
            }
        );
    }

    public static string Told(PathString path)
    {
        var segments = path.Value?.Split('/') ?? [];
        // What follows /verify/ opens a document's check, even where it looks like a word.
        var secret = Array.IndexOf(segments, "verify");
        return string.Join(
            '/',
            segments.Select(
                (segment, i) =>
                    segment.Length == 0
                    || (
                        (secret < 0 || i <= secret)
                        && (Word().IsMatch(segment) || Guid.TryParseExact(segment, "D", out _))
                    )
                        ? segment
                        : "*"
            )
        );
    }

    [GeneratedRegex("^\\.?[A-Za-z][A-Za-z-]{0,31}(\\.json)?$")]
    private static partial Regex Word();

    [LoggerMessage(LogLevel.Information, "{Method} {Path} {Status} {Milliseconds} ms")]
    private static partial void LogRequest(ILogger log, string method, string path, int status, long milliseconds);
}
