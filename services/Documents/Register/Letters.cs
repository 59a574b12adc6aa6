using PedAtt.Documents.Pdf;

namespace PedAtt.Documents.Register;

/// <summary>A field with letters that cannot be printed, and these letters.</summary>
public sealed record UnprintableField(string Field, IReadOnlyList<string> Letters);

/// <summary>A document says what was typed, letter by letter, or it is not made: a box in the place of a letter is
/// found out too late.</summary>
public static class Letters
{
    public static IReadOnlyList<UnprintableField> Unprintable(
        params IEnumerable<(string Field, string? Text)> fields
    ) =>
        [
            .. fields
                .Select(field => new UnprintableField(field.Field, PdfFont.Unprintable(field.Text ?? "")))
                .Where(field => field.Letters.Count > 0),
        ];

    /// <exception cref="Problem">409 document.letters with <c>fields</c></exception>
    public static void RequirePrintable(params IEnumerable<(string Field, string? Text)> fields)
    {
        if (Unprintable(fields) is { Count: > 0 } wrong)
            throw Problem.Conflict(
                Codes.DocumentLetters,
                "A document can hold only letters that can be printed.",
                ("fields", wrong)
            );
    }
}
