namespace PedAtt.Web.Pages.Site;

/// <summary>What the page tells sign.js: where NCALayer listens, whether test keys count, and what is to be
/// signed.</summary>
/// <param name="Documents">The addresses of the files; for each the form sends a field <c>cms</c>, in this
/// order.</param>
public sealed record NcaLayerForm(
    string Addresses,
    bool TestKeys,
    IReadOnlyList<string> Documents,
    IReadOnlyList<Guid>? Chosen = null
)
{
    /// <summary>What is signed instead of documents, in base64.</summary>
    public string? Content { get; init; }

    /// <summary>What the form sends along.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>The page that takes the signatures; this one where left out.</summary>
    public string? Action { get; init; }

    /// <summary>The word of the button; "sign" where left out.</summary>
    public string? Start { get; init; }
}
