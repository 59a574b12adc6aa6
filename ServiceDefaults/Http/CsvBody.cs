using System.Text;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>The body of a call that imports a list, as a spreadsheet saves it.</summary>
public static class CsvBody
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the list is only tried.</summary>
    public static bool IsDryRun(HttpContext http) =>
        string.Equals(http.Request.Query["dryRun"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>All lines, the heading being the first; whether a line has as many cells as columns is the caller's to
    /// say.</summary>
    /// <exception cref="Problem">415 request.media-type, 413 request.too-large, 400 csv.encoding,
    /// csv.columns</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> ReadAsync(
        HttpContext http,
        IReadOnlyList<string> columns,
        int mostBytes,
        int mostRows,
        CancellationToken ct
    )
    {
        IReadOnlyList<string>[] lines =
        [
            .. Csv.Parse(await TextAsync(http, mostBytes, ct))
                .Select(cells => Csv.WithoutEmptyEnd(cells, columns.Count)),
        ];
        if (
            lines.Length == 0
            || !lines[0].Select(cell => cell.Trim()).SequenceEqual(columns, StringComparer.OrdinalIgnoreCase)
        )
            throw Problem.With(400, SharedCodes.CsvColumns, ("columns", columns));
        if (lines.Length - 1 > mostRows)
            throw Problem.With(413, SharedCodes.RequestTooLarge);
        return lines;
    }

    private static async Task<string> TextAsync(HttpContext http, int mostBytes, CancellationToken ct)
    {
        if (http.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw Problem.With(415, SharedCodes.RequestMediaType);
        using var bytes = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, ct)) > 0)
        {
            if (bytes.Length + read > mostBytes)
                throw Problem.With(413, SharedCodes.RequestTooLarge);
            bytes.Write(chunk, 0, read);
        }
        try
        {
            return Utf8.GetString(bytes.ToArray()).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // Windows-1251, as an old spreadsheet saves it: read as UTF-8 the names would be lost.
            throw Problem.With(400, SharedCodes.CsvEncoding);
        }
    }
}
