using Microsoft.AspNetCore.Http.Features;

namespace PedAtt.Gateway.Proxy;

/// <summary>
/// No path of ours needs an escape: ids, keys and codes are letters, digits, '-', '_' and '.'. So a path with anything
/// that two readers could understand in two ways (%2e, %2f, a backslash, an empty or a dot segment) is nobody's path,
/// before any route is looked for. This is what keeps /internal out of reach however it is written.
/// </summary>
public static class PlainPaths
{
    public static void UsePlainPaths(this WebApplication app) =>
        app.Use(
            (http, next) =>
                IsPlain(http.Features.Get<IHttpRequestFeature>()!.RawTarget)
                    ? next(http)
                    : ProblemWriter.WriteAsync(http, 404, SharedCodes.NotFound)
        );

    public static bool IsPlain(string rawTarget)
    {
        var path = rawTarget.AsSpan();
        var end = path.IndexOfAny('?', '#');
        if (end >= 0)
            path = path[..end];
        if (path.IsEmpty || path[0] != '/')
            return false;
        foreach (var character in path)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !"/-._~:".Contains(character))
                return false;
        }
        var inner = path[1..];
        foreach (var segment in inner.Split('/'))
        {
            var text = inner[segment];
            var last = segment.End.GetOffset(inner.Length) == inner.Length;
            if ((text.IsEmpty && !last) || text is "." or "..")
                return false;
        }
        return true;
    }
}
