using System.Globalization;

namespace PedAtt.ServiceDefaults.Http;

/// <summary>The version of a thing in ETag and If-Match: an integer in double quotes.</summary>
public static class Versions
{
    public static void SetVersion(this HttpContext http, int version) =>
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <exception cref="Problem">428 version.required; 400 version.invalid for <c>*</c>, a weak or an unquoted
    /// one</exception>
    public static int RequiredVersion(this HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header.Length == 0)
            throw Problem.With(428, SharedCodes.VersionRequired);
        if (
            header.Length > 2
            && header[0] == '"'
            && header[^1] == '"'
            && int.TryParse(
                header.AsSpan(1, header.Length - 2),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var version
            )
        )
            return version;
        throw Problem.With(400, SharedCodes.VersionInvalid);
    }

    /// <exception cref="Problem">409 stale</exception>
    public static void RequireVersion(int expected, int actual)
    {
        if (expected != actual)
            throw Problem.Stale();
    }
}
