namespace PedAtt.Documents.Register;

/// <summary>Dates as documents write them, in both languages.</summary>
public static class DocumentText
{
    private static readonly string[] KazakhMonths =
    [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ];

    private static readonly string[] RussianMonths =
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];

    public static string Kazakh(DateOnly day) => $"{day.Year} жылғы {day.Day} {KazakhMonths[day.Month - 1]}";

    public static string Russian(DateOnly day) => $"{day.Day} {RussianMonths[day.Month - 1]} {day.Year} года";

    public static string Both(DateOnly day) => $"{day:dd.MM.yyyy}";

    public static string Both(string kk, string ru) => kk == ru ? kk : $"{kk} / {ru}";
}
