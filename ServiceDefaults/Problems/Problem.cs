namespace PedAtt.ServiceDefaults.Problems;

/// <summary>
/// How the system says no: what a rule or a use case throws becomes application/problem+json with a stable kebab code
/// that callers can act on. Its texts for people stand in problems.json, of ServiceDefaults and of each service.
/// </summary>
/// <param name="status">The HTTP status.</param>
/// <param name="rule">The rule that was broken, in words for who reads the log.</param>
public sealed class Problem(int status, string code, string? rule = null) : Exception(rule ?? code)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Further members of the problem, such as <c>errors</c>, <c>blocks</c> or <c>missing</c>.</summary>
    public IReadOnlyDictionary<string, object> Extensions { get; init; } = new Dictionary<string, object>();

    /// <summary>For 429 and 503: when to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>409: a rule of the domain is broken, or somebody was faster.</summary>
    public static Problem Conflict(string code, string rule, params (string Key, object Value)[] extensions) =>
        new(409, code, rule) { Extensions = extensions.ToDictionary(one => one.Key, one => one.Value) };

    public static Problem With(int status, string code, params (string Key, object Value)[] extensions) =>
        new(status, code) { Extensions = extensions.ToDictionary(one => one.Key, one => one.Value) };

    /// <summary>404: there is none, or it is not yours to see.</summary>
    public static Problem NotFound() => new(404, SharedCodes.NotFound);

    /// <summary>403: not in this role.</summary>
    public static Problem NotAllowed(string code = SharedCodes.RoleNotAllowed) => new(403, code);

    public static Problem Stale() => new(409, SharedCodes.Stale);

    public static Problem TooMany(TimeSpan retryAfter) =>
        new(429, SharedCodes.TooManyRequests) { RetryAfter = retryAfter };

    public static Problem Unavailable() =>
        new(503, SharedCodes.ServiceUnavailable) { RetryAfter = TimeSpan.FromSeconds(5) };
}
