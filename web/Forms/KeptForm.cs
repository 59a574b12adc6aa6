
namespace PedAtt.Web.Forms;

/// <summary>
/// A form that came in when nothing could be done with it. Nothing of it is lost. Where its sender's session had ended it goes along
/// with the sign-in, as hidden fields under a prefix, and is sent once more afterwards; where a part of the system was away, it waits
/// in the page that says so. Files alone have to be chosen again.
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

    /// <summary>All of the form that has just come in, to be sent as it is.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(HttpRequest request) =>
        Fields(request).Where(field => field.Key != CsrfToken.Field && ProblemPage.Keeps(field.Key));

    public static bool HasFiles(HttpRequest request) => request.Form.Files.Any(file => file.FileName.Length > 0);

    private static IEnumerable<KeyValuePair<string, string>> Fields(HttpRequest request) =>
        request.Form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""));
}
