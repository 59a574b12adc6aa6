using System.Security.Cryptography;
using System.Text;

namespace PedAtt.Identity.Tokens;

/// <summary>Random texts that a person types: no letter in them can be taken for another (no 0, 1, i, l, o,
/// u).</summary>
public static class Secrets
{
    private const string Letters = "23456789abcdefghjkmnpqrstvwxyz";

    /// <summary>"t-4k7m-9pqr-…": 13 letters of 30, 63 random bits, so that nobody meets another's login by
    /// trying.</summary>
    public static string Login(string role) => $"{role[0]}-{Grouped(RandomNumberGenerator.GetString(Letters, 13))}";

    /// <summary>Given once with an issued login: 13 letters, 63 random bits.</summary>
    public static string ActivationCode() => Grouped(RandomNumberGenerator.GetString(Letters, 13));

    /// <summary>
    /// Typed from a letter or carried by its link: 17 letters, 82 bits of what only we can compute, so that guessing
    /// needs no lock that a stranger could use.
    /// </summary>
    public static string ResetCode(ReadOnlySpan<byte> from)
    {
        var letters = new char[17];
        for (var i = 0; i < letters.Length; i++)
            letters[i] = Letters[from[i] % Letters.Length];
        return Grouped(new string(letters));
    }

    /// <summary>256 random bits for programs.</summary>
    public static string Token() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>What is kept instead of a secret. The secrets above are random, so that a plain hash is
    /// enough.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>As the person may have typed it: any case, with or without the dashes.</summary>
    public static string Typed(string code) => new([.. code.ToLowerInvariant().Where(char.IsLetterOrDigit)]);

    private static string Grouped(string letters) =>
        string.Join('-', letters.Chunk(5).Select(group => new string(group)));
}
