using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Tests;

/// <summary>An application of an invented teacher, with what Applications and Identity tell of it.</summary>
public static class Given
{
    public const string KazakhLetters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі";

    public static readonly DocumentHead Head = new(
        "2027-000123-S1",
        "https://pedatt.example/verify/0123456789abcdef0123456789abcdef"
    );

    public static readonly DateOnly Day = new(2026, 11, 22);

    public static Person Teacher { get; } = PersonOf("Сәрсенова", "Жанар", "Асқарқызы", "990228200018");

    public static Person Executor { get; } = PersonOf("Қасымова", "Гүлнар", "Маратқызы", "850615200013");

    public static Organisation District { get; } =
        new(
            Guid.CreateVersion7(),
            null,
            "district",
            "education-authority",
            "Демонстрациялық ауданның білім бөлімі",
            "Отдел образования демонстрационного района",
            "220740000032",
            "351000000",
            "region",
            1
        );

    public static ApplicationFacts Application(
        string? about = "Оқушыларым республикалық олимпиаданың жеңімпаздары.\nВедущий учитель района с 2019 года.",
        string position = "математика мұғалімі",
        bool beginner = false
    ) =>
        new(
            Guid.CreateVersion7(),
            "2027-000123",
            3,
            2,
            "under-state-service-review",
            Teacher.Id,
            Teacher.Name,
            Guid.CreateVersion7(),
            [],
            "district",
            District.Id,
            District.Id,
            Openness.Closed,
            [new SubmissionReference(1, Guid.CreateVersion7(), 2, DateTimeOffset.UnixEpoch, Forwarded: true)],
            new ApplicationData(
                2027,
                Day,
                new("award", "біліктілік санатын беру", "присвоение квалификационной категории", "award"),
                "учитель математики",
                position,
                new("regular", "кезекті", "очередная", "regular"),
                beginner
                    ? null
                    : new("teacher-moderator", "педагог-модератор", "педагог-модератор", "teacher-moderator"),
                beginner ? null : new DateOnly(2027, 5, 31),
                new("teacher-expert", "педагог-сарапшы", "педагог-эксперт", "teacher-expert"),
                "zhanar@school.example.kz",
                "+77011234567",
                beginner
                    ? []
                    :
                    [
                        new("mathematics", "математика", "математика", "mathematics"),
                        new("informatics", "информатика", "информатика", "informatics"),
                    ],
                beginner,
                about,
                "№ 1 демонстрациялық мектеп",
                "Демонстрационная школа № 1",
                DateTimeOffset.UnixEpoch
            )
        );

    private static Person PersonOf(string family, string given, string patronymic, string iin) =>
        new(
            Guid.CreateVersion7(),
            "login",
            iin,
            $"{family} {given} {patronymic}",
            family,
            given,
            patronymic,
            "x@example.kz",
            "+77011234567",
            "kk",
            []
        );
}
