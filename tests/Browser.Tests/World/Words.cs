using System.Text.Json;
using System.Text.RegularExpressions;
using PedAtt.Testing;

namespace PedAtt.Browser.Tests.World;

/// <summary>The words on the pages, read from where the pages have them: a test looks for a button by what the reader
/// sees on it.</summary>
public sealed partial class Words
{
    private static readonly Dictionary<string, Words> languages = new[] { "kk", "ru", "en" }.ToDictionary(
        code => code,
        code => new Words(code)
    );

    private readonly Dictionary<string, string> texts;

    private Words(string language) =>
        texts = Directory
            .EnumerateFiles(Path.Combine(TestServers.Root, "web", "Texts"), $"*.{language}.json")
            .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!)
            .ToDictionary(pair => pair.Key, pair => pair.Value);

    public static Words In(string language) => languages[language];

    public static IEnumerable<string> Keys => languages["kk"].texts.Keys;

    public string this[string key, params object?[] parts] =>
        texts.TryGetValue(key, out var text)
            ? parts.Length == 0
                ? text
                : string.Format(text, parts)
            : throw new KeyNotFoundException($"The pages have no text '{key}'.");

    /// <summary>The text with anything where something is put in.</summary>
    public Regex Like(string key) => new(Hole().Replace(Regex.Escape(this[key]), ".*"), RegexOptions.Singleline);

    // Regex.Escape leaves the closing brace as it is.
    [GeneratedRegex(@"\\\{\d+\}")]
    private static partial Regex Hole();
}
