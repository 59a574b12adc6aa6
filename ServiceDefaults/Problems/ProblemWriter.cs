using System.Diagnostics;
using System.Reflection;
using Microsoft.AspNetCore.Diagnostics;

namespace PedAtt.ServiceDefaults.Problems;

/// <summary>Turns what a handler throws, and every bare status code, into one shape of problem.</summary>
public static class ProblemWriter
{
    public static void AddProblems(this IServiceCollection services, params Assembly[] assemblies)
    {
        services.AddSingleton(new ProblemTexts([typeof(ProblemWriter).Assembly, .. assemblies]));
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionToProblem>();
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = IsRefusal });
        app.UseStatusCodePages(context =>
            WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, code: null)
        );
    }

    /// <summary>Writes the problem; without a code, the one that the status alone has.</summary>
    public static Task WriteAsync(
        HttpContext http,
        int status,
        string? code,
        IReadOnlyDictionary<string, object>? extensions = null,
        TimeSpan? retryAfter = null
    )
    {
        code ??= status switch
        {
            400 => SharedCodes.RequestMalformed,
            401 => SharedCodes.NotSignedIn,
            403 => SharedCodes.RoleNotAllowed,
            404 => SharedCodes.NotFound,
            405 => SharedCodes.MethodNotAllowed,
            413 => SharedCodes.RequestTooLarge,
            415 => SharedCodes.RequestMediaType,
            416 => SharedCodes.RangeNotSatisfiable,
            429 => SharedCodes.TooManyRequests,
            502 or 503 or 504 => SharedCodes.ServiceUnavailable,
            _ => SharedCodes.Internal,
        };
        if (http.RequestServices.GetService<ProblemPages>() is { } pages && pages.Answers(http))
            return pages.WriteAsync(http, status, code, retryAfter);
        var (title, detail) = http.RequestServices.GetRequiredService<ProblemTexts>().For(code, Language.Of(http));
        var problem = new Dictionary<string, object?>
        {
            ["status"] = status,
            ["title"] = title,
            ["detail"] = detail ?? title,
            ["code"] = code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
        };
        foreach (var (key, value) in extensions ?? new Dictionary<string, object>())
            problem[key] = value;

        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        return http.Response.WriteAsJsonAsync(problem, Json.Options, "application/problem+json", http.RequestAborted);
    }

    /// <summary>A refusal is an answer, not a fault: it is not logged as an error.</summary>
    private static bool IsRefusal(ExceptionHandlerSuppressDiagnosticsContext context) =>
        context.Exception is Problem or BadHttpRequestException
        || (
            context.Exception is OperationCanceledException
            && context.HttpContext.RequestAborted.IsCancellationRequested
        );

    private sealed class ExceptionToProblem : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
        {
            await (
                exception switch
                {
                    Problem problem => WriteAsync(
                        http,
                        problem.Status,
                        problem.Code,
                        problem.Extensions,
                        problem.RetryAfter
                    ),
                    BadHttpRequestException bad => WriteAsync(http, bad.StatusCode, code: null),
                    Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => WriteAsync(
                        http,
                        409,
                        SharedCodes.Stale
                    ),
                    _ when IsLostDatabase(exception) => WriteAsync(
                        http,
                        503,
                        SharedCodes.ServiceUnavailable,
                        retryAfter: TimeSpan.FromSeconds(5)
                    ),
                    _ => WriteAsync(http, 500, SharedCodes.Internal),
                }
            );
            return true;
        }

        /// <summary>PostgreSQL restarts or cannot be reached. EF wraps what its driver says, once or twice.</summary>
        private static bool IsLostDatabase(Exception? exception)
        {
            for (; exception is not null; exception = exception.InnerException)
            {
                if (exception is Npgsql.NpgsqlException { IsTransient: true })
                    return true;
            }
            return false;
        }
    }
}

/// <summary>Where a person's browser asked for a page a problem is a page too: Edge registers how.</summary>
public sealed record ProblemPages(
    Func<HttpContext, bool> Answers,
    Func<HttpContext, int, string, TimeSpan?, Task> WriteAsync
);
