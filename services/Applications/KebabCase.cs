using System.Text.Json;

namespace PedAtt.Applications;

/// <summary>Enum values as the kebab-case words of the contract.</summary>
public static class KebabCase
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static string[] All<TEnum>(IEnumerable<TEnum> values)
        where TEnum : struct, Enum => [.. values.Select(Of)];

    public static TEnum? Parse<TEnum>(string word)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
            if (Of(value) == word)
                return value;
        return null;
    }
}
