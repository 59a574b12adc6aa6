namespace PedAtt.ServiceDefaults.Problems;

/// <summary>Collects the codes of a validation problem field by field, so that a person sees all of them at
/// once.</summary>
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

    /// <exception cref="Problem">400 validation with <c>errors</c></exception>
    public void ThrowIfAny()
    {
        if (Any)
            throw Problem.With(400, SharedCodes.Validation, ("errors", ToDictionary()));
    }
}
