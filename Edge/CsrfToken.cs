using System.Buffers.Text;
using System.Security.Cryptography;

namespace PedAtt.Edge;

/// <summary>
/// A CSRF token as it stands in a page: under a random mask, another one each time, because a page is compressed and
/// what stands in it twice can be guessed by its length (BREACH).
/// </summary>
public static class CsrfToken
{
    /// <summary>The field of every form of the pages.</summary>
    public const string Field = "csrf";

    private const int Bytes = 32;

    public static string Mask(string token)
    {
        var plain = Base64Url.DecodeFromChars(token);
        var masked = new byte[2 * Bytes];
        RandomNumberGenerator.Fill(masked.AsSpan(0, Bytes));
        for (var i = 0; i < Bytes; i++)
            masked[Bytes + i] = (byte)(plain[i] ^ masked[i]);
        return Base64Url.EncodeToString(masked);
    }

    /// <summary>Whether both are the same token, each plain or masked.</summary>
    public static bool Match(string one, string other) =>
        Plain(one) is { } first && Plain(other) is { } second && CryptographicOperations.FixedTimeEquals(first, second);

    private static byte[]? Plain(string token)
    {
        var bytes = new byte[2 * Bytes];
        if (
            token.Length > 4 * Bytes
            || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var length)
        )
            return null;
        if (length == Bytes)
            return bytes[..Bytes];
        if (length != 2 * Bytes)
            return null;
        for (var i = 0; i < Bytes; i++)
            bytes[Bytes + i] ^= bytes[i];
        return bytes[Bytes..];
    }
}
