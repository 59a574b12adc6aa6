namespace PedAtt.Web.Forms;

/// <summary>
/// A form that came in when nothing could be done with it. Nothing of it is lost. Where its sender's session had ended
/// it goes along with the sign-in, as hidden fields under a prefix, and is sent once more afterwards; where the session
/// is another one by now, or a part of the system was away, it waits in the page that says so. Files alone have to be
/// chosen again.
/// </summary>
public static class KeptForm
{
    /// <summary>The field with the page that the form is for.</summary>
    public const string Target = "kept-for";

    /// <summary>The field that says that files stood in the form, which no page can keep.</summary>
    public const string Files = "kept-files";

    private const string Prefix = "kept.";

    /// <summary>What is shown of the form to its sender: texts, not keys and numbers.</summary>
    private const int ShortestText = 20;

    public static bool IsIn(HttpRequest request) => request.HasFormContentType && request.Form.ContainsKey(Target);

    /// <summary>What goes along with a sign-in: the page that the form is for, and all of its fields.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Carry(HttpRequest request, string target)
    {
        yield return new(Target, target);
        if (HasFiles(request))
            yield return new(Files, "true");
        foreach (var field in Keep(request))
            yield return field;
    }

    /// <summary>Those kept before, or all of the form that has just come in.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Keep(HttpRequest request) =>
        IsIn(request)
            ? Fields(request).Where(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal))
            : All(request).Select(field => KeyValuePair.Create(Prefix + field.Key, field.Value));

    /// <summary>The fields as they were, for the page that they were for.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Release(HttpRequest request) =>
        Keep(request).Select(field => KeyValuePair.Create(field.Key[Prefix.Length..], field.Value));

    /// <summary>All of the form that has just come in, to be sent as it is.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(HttpRequest request) =>
        Fields(request).Where(field => field.Key != CsrfToken.Field && ProblemPage.Keeps(field.Key));

    /// <summary>What was written, for its writer to see that it is there.</summary>
    public static IEnumerable<string> TextsOf(IEnumerable<KeyValuePair<string, string>> fields) =>
        fields
            .Select(field => field.Value.Trim())
            .Where(text => text.Length >= ShortestText && text.Any(char.IsWhiteSpace));

    public static bool HasFiles(HttpRequest request) =>
        request.Form.Files.Any(file => file.FileName.Length > 0) || request.Form.ContainsKey(Files);

    private static IEnumerable<KeyValuePair<string, string>> Fields(HttpRequest request) =>
        request.Form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? ""));
}

/// <summary>A kept form with the button that sends it: to which page, with which token, and whether files have to be
/// chosen again.</summary>
/// <param name="HasFiles">It is shown again instead of being done, for its files to be chosen.</param>
public sealed record KeptFormView(
    string Action,
    string Token,
    IReadOnlyList<KeyValuePair<string, string>> Fields,
    bool HasFiles
);
