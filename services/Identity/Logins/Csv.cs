using System.Text;

namespace PedAtt.Identity.Logins;

/// <summary>Comma-separated values as RFC 4180 and spreadsheets write them: quoted cells, doubled quotes, any line end; semicolons too.</summary>
public static class Csv
{
    public static IReadOnlyList<IReadOnlyList<string>> Parse(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        // Excel in Kazakhstan's locale separates by semicolons.
        var firstLine = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var separator = firstLine.Contains(',') ? ',' : ';';
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
