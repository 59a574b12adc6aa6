namespace PedAtt.Gateway.Limits;

/// <summary>The calls that anybody may make without signing in, by the limit that each is counted under.</summary>
public static class OpenCalls
{
    private static readonly (string Method, string Path, bool AndBelow, string Limit)[] Rows =
    [
        ("POST", "/session", false, "SignIn"),
        ("POST", "/api/identity/tokens", true, "SignIn"),
        ("POST", "/api/identity/eds/challenge", false, "SignIn"),
        ("POST", "/api/identity/registrations", false, "Registration"),
        ("POST", "/api/identity/password", true, "Password"),
        ("GET", "/api/documents/verify", true, "Verify"),
        ("GET", "/api/documents/trust", false, "Address"),
        ("GET", "/verify", true, "Verify"),
        ("GET", "/.well-known", true, "Address"),
        ("GET", "/docs", true, "Address"),
    ];

    /// <summary>The limit's name, or null for a call that needs a signed-in person.</summary>
    public static string? Of(HttpRequest request)
    {
        foreach (var (method, path, andBelow, limit) in Rows)
        {
            if (
                request.Method == method
                && request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase, out var rest)
                && (andBelow || !rest.HasValue || rest == "/")
            )
                return limit;
        }
        return null;
    }
}
