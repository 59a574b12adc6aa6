using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>A page of a list; <paramref name="Next"/> is the cursor of the one after it, null at the end.</summary>
public sealed record Paged<T>(IReadOnlyList<T> Items, string? Next);

public static class Paged
{
    /// <summary>Makes a page of what was read with a limit one larger than asked for.</summary>
    public static Paged<T> Of<T>(IReadOnlyList<T> rows, int limit, Func<T, string> cursor) =>
        rows.Count > limit ? new([.. rows.Take(limit)], cursor(rows[limit - 1])) : new(rows, null);
}

/// <summary>What the caller asked of a list: <c>?limit=</c> (1 to 200, 50 where left out) and <c>?after=</c>.</summary>
public sealed record PageRequest(int Limit, string? After)
{
    /// <exception cref="Problem">400 limit.out-of-range</exception>
    public static PageRequest From(HttpContext http)
    {
        var limit = 50;
        var text = http.Request.Query["limit"].ToString();
        if (
            text.Length > 0
            && (
                !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > 200
            )
        )
            throw Problem.With(400, SharedCodes.LimitOutOfRange);
        var after = http.Request.Query["after"].ToString();
        return new(limit, after.Length > 0 ? after : null);
    }

    /// <summary>The position that the cursor holds, or default at the list's beginning.</summary>
    /// <exception cref="Problem">400 cursor.invalid</exception>
    public T? Position<T>()
        where T : class => After is null ? null : Cursor.Decode<T>(After);
}

/// <summary>The sort key of a list's last row, as an opaque word.</summary>
public static class Cursor
{
    /// <summary>A cursor that lacks a part was not made by us.</summary>
    private static readonly JsonSerializerOptions Whole = new(Json.Options)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static string Encode<T>(T position) =>
        WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(position, Json.Options));

    public static T Decode<T>(string cursor)
        where T : class
    {
        try
        {
            var json = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor));
            // PostgreSQL takes no NUL in a text, and no key of ours has one.
            return
                !json.Contains("\\u0000", StringComparison.Ordinal)
                && JsonSerializer.Deserialize<T>(json, Whole) is { } position
                ? position
                : throw new FormatException();
        }
        catch (Exception e)
            when (e is FormatException or JsonException or NotSupportedException or InvalidOperationException)
        {
            throw Problem.With(400, SharedCodes.CursorInvalid);
        }
    }
}
