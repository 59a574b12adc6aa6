namespace PedAtt.Web.Pages;

/// <summary>What the page tells sign.js: where NCALayer listens, whether test keys count, and what is to be signed.</summary>
/// <param name="Documents">The addresses of the files; for each the form sends a field <c>cms</c>, in this order.</param>
public sealed record NcaLayerForm(string Addresses, bool TestKeys, IReadOnlyList<string> Documents, IReadOnlyList<Guid>? Chosen = null);
