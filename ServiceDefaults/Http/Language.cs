namespace PedAtt.ServiceDefaults.Http;

/// <summary>A text in the three languages of the interface; the shape <c>name</c> of the public contract.</summary>
public sealed record Localized(string Kk, string Ru, string En)
{
    public string In(string language) =>
        language switch
        {
            Language.Kazakh => Kk,
            Language.English => En,
            _ => Ru,
        };
}

public static class Language
{
    public const string Kazakh = "kk";
    public const string Russian = "ru";
    public const string English = "en";

    public static readonly IReadOnlyList<string> All = [Kazakh, Russian, English];

    /// <summary>The first language of Accept-Language that we speak, by its weight; Russian where there is
    /// none.</summary>
    public static string Of(HttpContext http) =>
        http.Request.GetTypedHeaders()
            .AcceptLanguage.Where(language => language.Quality != 0)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(All.Contains)
        ?? Russian;
}
