using System.Text.RegularExpressions;

namespace PedAtt.Web.Tests.Texts;

/// <summary>What people read says the same in each language, in that language.</summary>
public partial class TextBookTests
{
    private static readonly TextBook book = new();

    /// <summary>Words that Kazakh and Russian share. A text that is not here is a copy that nobody
    /// translated.</summary>
    private static readonly HashSet<string> shared =
    [
        "ПедАтт",
        "Педагог",
        "Профиль",
        "Комиссия",
        "Логин",
        "Фото",
        "Файл",
        "Портфолио",
        "Ок",
        "Республика",
        "Лицей",
        "Гимназия",
        "Колледж",
        "Телефон",
        "{0} КБ",
        "{0} МБ",
        "12 цифр",
    ];

    /// <summary>Formats, programs and keys of the keyboard, which have one name everywhere.</summary>
    private static readonly HashSet<string> latin =
    [
        "PDF",
        "JPEG",
        "PNG",
        "CSV",
        "CMS",
        "UTF",
        "SHA",
        "QR",
        "USB",
        "Ctrl",
        "NCALayer",
        "JavaScript",
        "HEIC",
        "iPhone",
        "XFA",
        "Adobe",
        "Reader",
    ];

    [Fact]
    public void A_text_takes_the_same_parts_in_each_language()
    {
        var parts = Language.All.ToDictionary(
            language => language,
            language =>
                book.Keys(language)
                    .GroupBy(Singular)
                    .ToDictionary(
                        texts => texts.Key,
                        texts =>
                            string.Join(
                                ' ',
                                texts.SelectMany(key => PartsOf(book.Find(language, key)!)).Distinct().Order()
                            )
                    )
        );
        var different = parts["ru"]
            .Keys.Where(key => Language.All.Any(language => parts[language][key] != parts["ru"][key]));
        Assert.Empty(different);
    }

    [Fact]
    public void A_Kazakh_text_is_no_copy_of_the_Russian_one() =>
        Assert.Empty(
            book.Keys("kk")
                .Select(key => (Key: key, Text: book.Find("kk", key)!))
                .Where(text =>
                    Cyrillic().IsMatch(text.Text)
                    && text.Text == book.Find("ru", text.Key)
                    && !shared.Contains(text.Text)
                )
                .Select(text => text.Key)
        );

    [Fact]
    public void An_English_text_has_no_Cyrillic_letters_and_the_others_have_no_English_words()
    {
        Assert.DoesNotContain(book.Keys("en"), key => Cyrillic().IsMatch(book.Find("en", key)!));
        // The patterns of days and times are no texts.
        Assert.Empty(
            new[] { "kk", "ru" }.SelectMany(language =>
                book.Keys(language)
                    .Where(key => !key.StartsWith("format.", StringComparison.Ordinal))
                    .SelectMany(key =>
                        Latin()
                            .Matches(Address().Replace(book.Find(language, key)!, ""))
                            .Select(word => word.Value)
                            .Except(latin)
                            .Select(word => $"{key} ({language}): {word}")
                    )
            )
        );
    }

    [Fact]
    public void Russian_texts_have_no_letters_of_Kazakh() =>
        Assert.DoesNotContain(book.Keys("ru"), key => Kazakh().IsMatch(book.Find("ru", key)!));

    private static IEnumerable<string> PartsOf(string text) => Part().Matches(text).Select(part => part.Value);

    private static string Singular(string key) => Plural().Replace(key, "");

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}|%\{count\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\.(one|few|many|other)$")]
    private static partial Regex Plural();

    [GeneratedRegex("[Ѐ-ӿ]")]
    private static partial Regex Cyrillic();

    [GeneratedRegex("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")]
    private static partial Regex Kazakh();

    /// <summary>What is put in, and addresses and endings of files.</summary>
    [GeneratedRegex(@"\{\d+[^}]*\}|%\{count\}|\S+@\S+|\w+(\.\w+)+|\.\w+")]
    private static partial Regex Address();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Latin();
}
