using System.Collections.Frozen;
using System.Text;

namespace PedAtt.Identity.Passwords;

/// <summary>
/// What a password has to be: 10 to 128 characters and not one that everybody tries first. No rules of composition:
/// they make passwords worse, not better. The list is common-passwords.txt (from zxcvbn, MIT, and what is typed in
/// Kazakhstan).
/// </summary>
public static class PasswordRules
{
    public const int Shortest = 10;
    public const int Longest = 128;

    private static readonly string[] Runs =
    [
        "01234567890123456789",
        "98765432109876543210",
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkjihgfedcba",
        "qwertyuiopasdfghjklzxcvbnm",
        "йцукенгшщзхъфывапролджэячсмитьбю",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "qazwsxedcrfvtgbyhnujmikolp",
        "1q2w3e4r5t6y7u8i9o0p",
    ];

    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <param name="own">What the person typed besides (login, e-mail, IIN, phone): none of it is a secret.</param>
    public static bool IsWeak(string password, params IEnumerable<string?> own)
    {
        var length = password.EnumerateRunes().Count();
        if (length is < Shortest or > Longest)
            return true;

        var lower = password.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
        return Common.Contains(lower)
            || Repeats(lower)
            || Runs.Any(run => run.Contains(lower, StringComparison.Ordinal))
            || own.Any(word => string.Equals(lower, word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>One to four characters said over and over: "aaaaaaaaaa", "121212121212".</summary>
    private static bool Repeats(string text) =>
        Enumerable
            .Range(1, Math.Min(4, text.Length))
            .Any(period => text.Select((character, i) => character == text[i % period]).All(same => same));

    private static FrozenSet<string> ReadCommon()
    {
        using var list = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(list);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
    }
}
