using Microsoft.Extensions.Primitives;

namespace PedAtt.Web.Forms;

/// <summary>
/// One message about a field: shown at the field and, as a link to it, in the summary on top. What is to be mended on
/// another page has that page's path for its field.
/// </summary>
/// <param name="IsNamed">The message says itself which field it is about; else the summary puts the field's name before
/// it.</param>
public sealed record FieldError(string Field, string Message, bool IsNamed = true);

/// <summary>
/// The form of this request: what was typed (so that nothing is lost when the page is shown again) and what is wrong
/// with it. The tag helpers of this folder read it; pages write errors into it.
/// </summary>
public sealed class FormState(IHttpContextAccessor http, Texts texts)
{
    public const string OnceField = "once";

    private readonly List<FieldError> errors = [];
    private readonly Dictionary<string, string> labels = [];
    private string? once;

    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>What is wrong with the whole, not with one field: title and what to do.</summary>
    public (string Title, string? Detail)? Problem { get; private set; }

    public bool HasErrors => errors.Count > 0 || Problem is not null;

    /// <summary>
    /// The key of a form that makes something new, for the call that makes it (Idempotency-Key): sent again, by a
    /// second press or because no answer came, the form makes it once.
    /// </summary>
    public string Once =>
        once ??= Guid.TryParse(Posted?[OnceField].ToString(), out var key) ? $"{key}" : $"{Guid.NewGuid()}";

    /// <summary>What the form made stands; sent once more it makes another.</summary>
    public void Renew() => once = $"{Guid.NewGuid()}";

    /// <summary>What was typed; <paramref name="stored"/> where the form was not sent yet.</summary>
    public string? Value(string field, string? stored) =>
        Posted is { } form ? (form.TryGetValue(field, out var typed) ? typed.ToString() : null) : stored;

    public IReadOnlyList<string> Values(string field, IReadOnlyList<string> stored) =>
        Posted is { } form ? [.. form[field].OfType<string>()] : stored;

    public IEnumerable<string> MessagesFor(string field) =>
        errors.Where(error => error.Field == field).Select(error => error.Message);

    public void Add(string field, string message) => errors.Add(new(field, message));

    /// <summary>A code of the API for a field: its own text for that field where there is one, else the
    /// code's.</summary>
    public void AddCode(string field, string code)
    {
        if (texts.Find($"error.{field}.{code}") is { } own)
            Add(field, own);
        else
            AddUnnamed(
                field,
                code == "date.invalid" && Posted is { } form && DateInput.Absent(form, field) is { } day
                    ? texts["error.date.absent", day]
                    : texts.Find($"error.{code}") ?? texts["error.other"]
            );
    }

    /// <summary>A message that could be about any field: «Заполните это поле».</summary>
    public void AddUnnamed(string field, string message) => errors.Add(new(field, message, IsNamed: false));

    /// <summary>What the page calls a field; known once the field has been written.</summary>
    public void Name(string field, string label) => labels[field] = label;

    /// <summary>The message as it stands above the page, away from its field.</summary>
    public string Summary(FieldError error) =>
        !error.IsNamed && labels.TryGetValue(error.Field, out var label)
            ? texts["error.of", label, error.Message]
            : error.Message;

    public void Refuse(string title, string? detail) => Problem = (title, detail);

    private IFormCollection? Posted =>
        http.HttpContext is { Request: { HasFormContentType: true } request } ? request.Form : null;
}
