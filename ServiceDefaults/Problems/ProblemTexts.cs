using System.Reflection;
using System.Text.Json;

namespace PedAtt.ServiceDefaults.Problems;

/// <summary>Titles and details of problems by code, from the problems.json of ServiceDefaults and of the
/// service.</summary>
public sealed class ProblemTexts
{
    private sealed record Text(Localized Title, Localized? Detail);

    private readonly Dictionary<string, Text> texts = [];

    public ProblemTexts(params IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            var name = assembly
                .GetManifestResourceNames()
                .SingleOrDefault(name => name.EndsWith("problems.json", StringComparison.Ordinal));
            if (name is null)
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, Text>>(stream, Json.Options)!)
                texts[code] = text;
        }
    }

    public IEnumerable<string> Codes => texts.Keys;

    public (string Title, string? Detail) For(string code, string language) =>
        texts.TryGetValue(code, out var text)
            ? (text.Title.In(language), text.Detail?.In(language))
            : (texts[SharedCodes.Internal].Title.In(language), null);
}
