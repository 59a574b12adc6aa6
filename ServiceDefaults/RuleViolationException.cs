namespace PedAtt.ServiceDefaults;

/// <summary>How the domain says no: a stable kebab code that callers can act on, and the rule in words for who reads the log.</summary>
/// <param name="code">Stable; its texts for people stand in the service's problems.json.</param>
/// <param name="text">The rule that was broken.</param>
public sealed class RuleViolationException(string code, string text) : Exception(text)
{
    public string Code { get; } = code;

    /// <summary>409 unless said otherwise.</summary>
    public int Status { get; init; } = 409;

    /// <summary>Further members of the problem, such as <c>blocks</c> or <c>missing</c>.</summary>
    public IReadOnlyDictionary<string, object> Facts { get; init; } = new Dictionary<string, object>();
}
