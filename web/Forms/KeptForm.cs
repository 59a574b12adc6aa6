using PedAtt.ServiceDefaults;

namespace PedAtt.Web.Forms;

/// <summary>
/// A form that came in after its sender's session had ended. Nothing of it is lost: it goes along with the sign-in, as hidden fields
/// under a prefix, and is sent once more afterwards. Files alone have to be chosen again.
/// </summary>
public static class KeptForm
{
    /// <summary>The field with the page that the form is for.</summary>
    public const string Target = "kept-for";

    private const string Prefix = "kept.";

    /// <summary>The fields to put into the form that signs in: those kept before, or all of the form that has just come in.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Keep(HttpRequest request) =>
        request.Form.ContainsKey(Target)
            ? Fields(request).Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
            : Fields(request).Where(field => field.Key != CsrfToken.Field).Select(field => KeyValuePair.Create(Prefix + field.Key, field.Value));

    /// <summary>The fields as they were, for the page that they were for.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Release(HttpRequest request) =>
        Keep(request).Select(field => KeyValuePair.Create(field.Key[Prefix.Length..], field.Value));

    private static IEnumerable<KeyValuePair<string, string>> Fields(HttpRequest request) =>
        request.Form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""));
}
