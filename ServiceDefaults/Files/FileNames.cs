using System.Globalization;

namespace PedAtt.ServiceDefaults.Files;

public static class FileNames
{
    private const int Longest = 255;

    /// <summary>What each type may be called; the first is what is added.</summary>
    private static readonly Dictionary<string, string[]> Extensions = new()
    {
        [FileContent.Pdf] = [".pdf"],
        [FileContent.Jpeg] = [".jpg", ".jpeg"],
        [FileContent.Png] = [".png"],
    };

    /// <summary>The last segment of what was sent, after / and \, without control characters and signs that nobody
    /// sees, at most 255.</summary>
    public static string Clean(string? sent)
    {
        var last = (sent ?? "").Split('/', '\\')[^1];
        var name = Cut(string.Concat(last.Where(IsSeen)).Trim(), Longest);
        return name.Length > 0 ? name : "file";
    }

    /// <summary>
    /// The name under which a file leaves us: its extension says what is in it, whatever its sender called it. A
    /// program that opens it by its name opens what was checked.
    /// </summary>
    public static string Served(string name, string contentType)
    {
        var clean = Clean(name);
        if (!Extensions.TryGetValue(contentType, out var allowed))
            return clean;
        var extension = Path.GetExtension(clean);
        if (allowed.Contains(extension, StringComparer.OrdinalIgnoreCase))
            return clean;
        // "12.05.2024" has no extension, "Диплом.bat" has one.
        var ends =
            extension.Length is >= 2 and <= 6
            && extension.Skip(1).All(char.IsAsciiLetterOrDigit)
            && extension.Skip(1).Any(char.IsAsciiLetter);
        var stem = (ends ? clean[..^extension.Length] : clean).TrimEnd('.', ' ');
        return Cut(stem.Length > 0 ? stem : "file", Longest - allowed[0].Length) + allowed[0];
    }

    private static bool IsSeen(char character) =>
        !char.IsControl(character)
        && char.GetUnicodeCategory(character)
            is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>Where it would halve a letter, that letter goes too.</summary>
    private static string Cut(string name, int length)
    {
        if (name.Length <= length)
            return name;
        return (char.IsHighSurrogate(name[length - 1]) ? name[..(length - 1)] : name[..length]).TrimEnd();
    }
}
