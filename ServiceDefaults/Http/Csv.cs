using System.Text;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>Comma-separated values as RFC 4180 and spreadsheets write them: quoted cells, doubled quotes, any line end;
/// semicolons too.</summary>
public static class Csv
{
    /// <summary>Spreadsheets write empty cells behind the last column where somebody once typed there.</summary>
    public static IReadOnlyList<string> WithoutEmptyEnd(IReadOnlyList<string> cells, int columns)
    {
        var count = cells.Count;
        while (count > columns && string.IsNullOrWhiteSpace(cells[count - 1]))
            count--;
        return count == cells.Count ? cells : [.. cells.Take(count)];
    }

    public static IReadOnlyList<IReadOnlyList<string>> Parse(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        // Excel in Kazakhstan's locale separates by semicolons, and writes "sep=;" before the heading where somebody
        // asked for it.
        var firstLine = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length).TrimEnd();
        var says = firstLine.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && firstLine.Length == 5;
        var separator =
            says ? firstLine[4]
            : firstLine.Contains(',') ? ','
            : ';';
        if (says)
            text = text.IndexOf('\n') is >= 0 and var heading ? text[(heading + 1)..] : "";
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quoted && character == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (character == '"' && (quoted || cell.Length == 0))
                quoted = !quoted;
            else if (quoted || (character != separator && character is not ('\r' or '\n')))
                cell.Append(character);
            else if (character == separator)
                EndCell();
            else if (character == '\n')
                EndRow();
        }
        if (cell.Length > 0 || row.Count > 0)
            EndRow();
        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }

        void EndRow()
        {
            EndCell();
            rows.Add(row);
            row = [];
        }
    }
}
