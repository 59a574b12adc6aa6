using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace PedAtt.ServiceDefaults;

/// <summary>A refusal that becomes application/problem+json with a stable code.</summary>
public sealed class ProblemException(int status, string code) : Exception(code)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public IReadOnlyDictionary<string, object> Facts { get; init; } = new Dictionary<string, object>();

    /// <summary>For 429 and 503: when to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The refusals that every service gives in the same way.</summary>
public static class Problem
{
    public static ProblemException NotFound() => new(404, "not-found");

    public static ProblemException NotAllowed(string code = "role.not-allowed") => new(403, code);

    public static ProblemException Stale() => new(409, "stale");

    public static ProblemException TooMany(TimeSpan retryAfter) => new(429, "too-many-requests") { RetryAfter = retryAfter };

    public static ProblemException Unavailable() => new(503, "service.unavailable") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static ProblemException With(int status, string code, params (string Key, object Value)[] facts) =>
        new(status, code) { Facts = facts.ToDictionary(fact => fact.Key, fact => fact.Value) };
}

/// <summary>Collects the codes of a validation problem field by field, so that a person sees all of them at once.</summary>
public sealed class Errors
{
    private readonly Dictionary<string, List<string>> codes = [];

    public bool Any => codes.Count > 0;

    public bool Has(string field) => codes.ContainsKey(field);

    /// <summary>One code of a kind for a field: the same one twice says nothing more.</summary>
    public void Add(string field, string code)
    {
        if (!codes.TryGetValue(field, out var list))
            codes[field] = list = [];
        if (!list.Contains(code))
            list.Add(code);
    }

    public IReadOnlyDictionary<string, string[]> ToDictionary() =>
        codes.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    /// <exception cref="ProblemException">400 validation with <c>errors</c></exception>
    public void ThrowIfAny()
    {
        if (Any)
            throw Problem.With(400, "validation", ("errors", ToDictionary()));
    }
}

/// <summary>Titles and details of problems by code, from the problems.json of ServiceDefaults and of the service.</summary>
public sealed class ProblemTexts
{
    private sealed record Text(Localized Title, Localized? Detail);

    private readonly Dictionary<string, Text> texts = [];

    public ProblemTexts(params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            var name = assembly.GetManifestResourceNames().SingleOrDefault(name => name.EndsWith("problems.json", StringComparison.Ordinal));
            if (name is null)
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, Text>>(stream, Json.Options)!)
                texts[code] = text;
        }
    }

    public IEnumerable<string> Codes => texts.Keys;

    public (string Title, string? Detail) For(string code, string language) =>
        texts.TryGetValue(code, out var text)
            ? (text.Title.In(language), text.Detail?.In(language))
            : (texts["internal"].Title.In(language), null);
}

/// <summary>Turns what a handler throws, and every bare status code, into one shape of problem.</summary>
public static class Problems
{
    public static void AddProblems(this IServiceCollection services, params Assembly[] assemblies)
    {
        services.AddSingleton(new ProblemTexts([typeof(Problems).Assembly, .. assemblies]));
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionToProblem>();
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = IsRefusal });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, code: null));
    }

    /// <summary>Writes the problem; without a code, the one that the status alone has.</summary>
    public static Task WriteAsync(
        HttpContext http, int status, string? code, IReadOnlyDictionary<string, object>? facts = null, TimeSpan? retryAfter = null)
    {
        code ??= status switch
        {
            400 => "request.malformed",
            401 => "not-signed-in",
            403 => "role.not-allowed",
            404 => "not-found",
            405 => "method-not-allowed",
            413 => "request.too-large",
            415 => "request.media-type",
            429 => "too-many-requests",
            502 or 503 or 504 => "service.unavailable",
            _ => "internal",
        };
        if (http.RequestServices.GetService<ProblemPage>() is { } page && page.Answers(http))
            return page.WriteAsync(http, status, code, retryAfter);
        var (title, detail) = http.RequestServices.GetRequiredService<ProblemTexts>().For(code, Language.Of(http));
        var problem = new Dictionary<string, object?>
        {
            ["status"] = status,
            ["title"] = title,
            ["detail"] = detail ?? title,
            ["code"] = code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
        };
        foreach (var (key, value) in facts ?? new Dictionary<string, object>())
            problem[key] = value;

        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        return http.Response.WriteAsJsonAsync(problem, Json.Options, "application/problem+json", http.RequestAborted);
    }

    /// <summary>A refusal is an answer, not a fault: it is not logged as an error.</summary>
    private static bool IsRefusal(ExceptionHandlerSuppressDiagnosticsContext context) =>
        context.Exception is ProblemException or RuleViolationException or BadHttpRequestException
        || (context.Exception is OperationCanceledException && context.HttpContext.RequestAborted.IsCancellationRequested);

    private sealed class ExceptionToProblem : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
        {
            await (exception switch
            {
                ProblemException problem => WriteAsync(http, problem.Status, problem.Code, problem.Facts, problem.RetryAfter),
                RuleViolationException rule => WriteAsync(http, rule.Status, rule.Code, rule.Facts),
                BadHttpRequestException bad => WriteAsync(http, bad.StatusCode, code: null),
                Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException => WriteAsync(http, 409, "stale"),
                _ when IsLostDatabase(exception) => WriteAsync(http, 503, "service.unavailable", retryAfter: TimeSpan.FromSeconds(5)),
                _ => WriteAsync(http, 500, "internal"),
            });
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
