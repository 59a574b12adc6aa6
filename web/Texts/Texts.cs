using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace PedAtt.Web;

/// <summary>
/// Everything that people read, from <c>Texts/&lt;part&gt;.&lt;language&gt;.json</c>: flat, key to text, <c>{0}</c> for
/// what is put in. A text that depends on a number has a form for each of the language's plurals: <c>key.one</c>,
/// <c>key.few</c>, <c>key.many</c> (Russian), <c>key.one</c>, <c>key.other</c> (Kazakh, English).
/// </summary>
public sealed class TextBook
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> languages;

    public TextBook()
    {
        var assembly = typeof(TextBook).Assembly;
        languages = Language.All.ToFrozenDictionary(
            language => language,
            language =>
                assembly
                    .GetManifestResourceNames()
                    .Where(name =>
                        name.StartsWith("Texts/", StringComparison.Ordinal)
                        && name.EndsWith($".{language}.json", StringComparison.Ordinal)
                    )
                    .SelectMany(name => Read(assembly.GetManifestResourceStream(name)!))
                    .ToFrozenDictionary(pair => pair.Key, pair => pair.Value)
        );
    }

    public IEnumerable<string> Keys(string language) => languages[language].Keys;

    public string? Find(string language, string key) => languages[language].GetValueOrDefault(key);

    private static Dictionary<string, string> Read(Stream json)
    {
        using (json)
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
    }
}

/// <summary>The texts in the language of this request.</summary>
public sealed class Texts(TextBook book, PageLanguage language)
{
    public CultureInfo Culture => language.Culture;

    public string Language => language.Code;

    /// <exception cref="KeyNotFoundException">No page may show a raw key: a missing text is a bug that the tests
    /// find.</exception>
    public string this[string key] =>
        Find(key) ?? throw new KeyNotFoundException($"No text '{key}' in '{language.Code}'.");

    public string this[string key, params object?[] parts] => string.Format(Culture, this[key], parts);

    public string? Find(string key) => book.Find(language.Code, key);

    /// <summary>In a language that is not the page's.</summary>
    public string? In(string other, string key) => book.Find(other, key);

    public bool Has(string key) => Find(key) is not null;

    /// <summary>The text for so many: «1 блок», «2 блока», «5 блоков».</summary>
    public string Count(string key, int count) => this[$"{key}.{Plural(count)}", count];

    /// <summary>The name of a thing of the catalogue or the reference data.</summary>
    public string Name(Localized name) => name.In(language.Code);

    /// <summary>A name that is kept in Kazakh and Russian only, like an organisation's.</summary>
    public string Name(string kk, string ru) => language.Code == ServiceDefaults.Http.Language.Kazakh ? kk : ru;

    public string Day(DateOnly day) => day.ToString(this["format.day"], Culture);

    public string Day(DateTimeOffset time) => Day(Almaty.Date(time));

    public string Time(DateTimeOffset time) => Almaty.Local(time).ToString(this["format.time"], Culture);

    public string Size(long bytes) =>
        bytes < 1024 * 1024
            ? this["format.kilobytes", Math.Max(1, bytes / 1024)]
            : this["format.megabytes", Math.Round(bytes / (1024.0 * 1024.0), 1)];

    private string Plural(int count) =>
        language.Code == ServiceDefaults.Http.Language.Russian
            ? (count % 10, count % 100) switch
            {
                (1, not 11) => "one",
                (2 or 3 or 4, not (12 or 13 or 14)) => "few",
                _ => "many",
            }
        : count == 1 ? "one"
        : "other";
}

/// <summary>The language of the pages: the reader's choice (a cookie), else their account's, else the
/// browser's.</summary>
public sealed class PageLanguage(IHttpContextAccessor http)
{
    public const string Cookie = "pedatt-language";

    private static readonly Dictionary<string, CultureInfo> cultures = new()
    {
        ["kk"] = CultureInfo.GetCultureInfo("kk-KZ"),
        ["ru"] = CultureInfo.GetCultureInfo("ru-RU"),
        ["en"] = CultureInfo.GetCultureInfo("en-GB"),
    };

    private string? code;

    public string Code =>
        code ??=
            http.HttpContext!.Request.Cookies.TryGetValue(Cookie, out var chosen) && Language.All.Contains(chosen)
                ? chosen!
                : Language.Of(http.HttpContext!);

    public CultureInfo Culture => cultures[Code];

    /// <summary>Of the reader's account: it counts where nothing was chosen in this browser.</summary>
    public void Prefer(string language)
    {
        if (!http.HttpContext!.Request.Cookies.ContainsKey(Cookie) && Language.All.Contains(language))
            code = language;
    }

    /// <summary>Chooses for this answer and, by the cookie, for a year.</summary>
    public void Choose(string language)
    {
        code = language;
        http.HttpContext!.Response.Cookies.Append(
            Cookie,
            language,
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = http.HttpContext.Request.IsHttps,
            }
        );
    }
}
