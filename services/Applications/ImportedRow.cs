using System.Globalization;

namespace PedAtt.Applications;

/// <summary>What an import does with a row; of a dry run: would do.</summary>
public enum RowOutcome
{
    Added,

    /// <summary>It stands so already.</summary>
    Unchanged,

    /// <summary>It takes the place of what was told before.</summary>
    Superseded,

    Refused,
}

/// <param name="Line">As in the file, the heading being line 1.</param>
/// <param name="Id">Of what stands now; null where the row was refused, and in a dry run where it would be
/// added.</param>
/// <param name="Code">The first of <paramref name="Codes"/>; null where nothing is wrong.</param>
/// <param name="Errors">The codes by column; those of the whole row stand under <c>row</c>.</param>
public sealed record ImportedRow(
    int Line,
    RowOutcome Outcome,
    Guid? Id,
    string? Code,
    IReadOnlyList<string> Codes,
    IReadOnlyDictionary<string, string[]> Errors
)
{
    public static ImportedRow Of(int line, RowOutcome outcome, Guid? id) =>
        new(line, outcome, id, null, [], new Dictionary<string, string[]>());

    public static ImportedRow Refused(int line, Errors errors)
    {
        var told = errors.ToDictionary();
        string[] codes = [.. told.SelectMany(pair => pair.Value).Distinct()];
        return new(line, RowOutcome.Refused, null, codes[0], codes, told);
    }
}

public sealed record ImportAnswer(bool DryRun, IReadOnlyList<ImportedRow> Rows);

/// <summary>A row's cells by column, read one rule a line; what is wrong goes to the errors.</summary>
public sealed class ImportedCells(string[] columns, IReadOnlyList<string> cells, Errors errors)
{
    /// <summary>Whether the row has a cell for each column; else nothing more can be said of it.</summary>
    public bool CheckWhole()
    {
        if (cells.Count == columns.Length)
            return true;
        errors.Add("row", FieldCodes.CsvCells);
        return false;
    }

    public string? Text(string column) =>
        cells[Array.IndexOf(columns, column)].Trim() is { Length: > 0 } text ? text : null;

    public string? Required(string column, int longest)
    {
        var text = Text(column);
        if (text is null)
            errors.Add(column, FieldCodes.Required);
        else if (TypedText.Length(text) > longest)
            errors.Add(column, FieldCodes.FieldTooLong);
        else if (TypedText.HasControls(text, lines: false))
            errors.Add(column, FieldCodes.TextControlCharacters);
        return text;
    }

    public string? Iin(string column)
    {
        var text = Text(column);
        if (text is null)
            errors.Add(column, FieldCodes.Required);
        else if (!ServiceDefaults.Http.Iin.IsValid(text))
            errors.Add(column, FieldCodes.IinInvalid);
        return text;
    }

    /// <summary>As the contract writes days, <c>yyyy-MM-dd</c>, or as a spreadsheet of ours does,
    /// <c>dd.MM.yyyy</c>.</summary>
    public DateOnly? Day(string column, bool required = true)
    {
        var text = Text(column);
        if (text is null)
        {
            if (required)
                errors.Add(column, FieldCodes.Required);
            return null;
        }
        if (
            DateOnly.TryParseExact(
                text,
                ["yyyy-MM-dd", "dd.MM.yyyy"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
            return day;
        errors.Add(column, FieldCodes.DateInvalid);
        return null;
    }

    public string? Key(string column, Func<string, bool> isKnown)
    {
        var text = Text(column);
        if (text is null)
            errors.Add(column, FieldCodes.Required);
        else if (!isKnown(text))
            errors.Add(column, FieldCodes.UnknownKey);
        return text;
    }
}
