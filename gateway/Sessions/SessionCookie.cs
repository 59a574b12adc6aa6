using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace PedAtt.Gateway.Sessions;

/// <summary>
/// The cookie is 256 random bits and nothing else. <c>__Host-</c> keeps other hosts and plain http from setting it;
/// only over http in Development, where a browser would refuse that name, it is called plainly.
/// </summary>
public static class SessionCookie
{
    private const string Secure = "__Host-pedatt";
    private const string Plain = "pedatt";

    public static string NewValue() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool IsOne(string name) => name is Secure or Plain;

    public static byte[] IdOf(string value) => Digest("session", value);

    public static string? Read(HttpContext http) =>
        http.Request.Cookies.TryGetValue(Name(http), out var value) && value.Length > 0 ? value : null;

    public static void Write(HttpContext http, string value) =>
        http.Response.Cookies.Append(Name(http), value, Options(http));

    /// <summary>
    /// At the last moment: headers set now would not survive a problem that is written instead, nor a service's answer.
    /// Not where the same answer gives a new cookie, be it ours or one that the pages pass on.
    /// </summary>
    public static void Clear(HttpContext http) =>
        http.Response.OnStarting(() =>
        {
            if (
                !http.Response.Headers.SetCookie.Any(cookie =>
                    cookie!.StartsWith($"{Name(http)}=", StringComparison.Ordinal)
                )
            )
                http.Response.Cookies.Delete(Name(http), Options(http));
            return Task.CompletedTask;
        });

    /// <summary>
    /// Different digests of one secret: neither the id nor the CSRF token tells of the other, or of the cookie.
    /// </summary>
    public static byte[] Digest(string purpose, string value) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}:{value}"));

    private static string Name(HttpContext http) => IsPlain(http) ? Plain : Secure;

    private static bool IsPlain(HttpContext http) =>
        !http.Request.IsHttps && http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment();

    private static CookieOptions Options(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            Secure = !IsPlain(http),
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
        };
}
