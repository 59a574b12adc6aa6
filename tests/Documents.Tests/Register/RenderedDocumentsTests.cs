using PedAtt.Documents.Receipts;
using PedAtt.Documents.Statements;
using PedAtt.Documents.Tests.Pdf;
using PedAtt.Internal;

namespace PedAtt.Documents.Tests.Register;

public sealed class RenderedDocumentsTests
{
    public static TheoryData<string> Names => [.. Documents.Keys];

    private static Dictionary<string, Func<byte[]>> Documents { get; } =
        new()
        {
            ["statement"] = () => Statement.Render(Given.Application(), Given.Teacher, Given.Day, Given.Head),
            ["statement of a beginner"] = () =>
                Statement.Render(Given.Application(about: null, beginner: true), Given.Teacher, Given.Day, Given.Head),
            ["statement of a talker"] = () =>
                Statement.Render(
                    Given.Application(about: Long(2000), position: string.Concat(Enumerable.Repeat("ұзақлауазым", 18))),
                    Given.Teacher,
                    Given.Day,
                    Given.Head
                ),
            ["acceptance"] = () =>
                Receipt.Render(
                    Given.Application(),
                    Given.Teacher,
                    Given.District,
                    Given.Executor,
                    accepted: true,
                    [],
                    Given.Day,
                    Given.Head with
                    {
                        Number = "2027-000123-R1",
                    }
                ),
            ["refusal"] = () => Refusal("Диплом нечитаем: страница 2 обрезана.", "Өтілі расталмаған."),
            ["refusal at length"] = () => Refusal([.. Enumerable.Repeat(Long(2000), 6)]),
        };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_document_is_sound_lies_well_and_its_code_leads_to_the_check(string name)
    {
        using var drawn = new Drawn(Documents[name]());
        Assert.Equal(drawn.Bytes, Documents[name]());
        await drawn.CheckAsync();
        await drawn.LiesWellAsync();
        Assert.All(await drawn.QrCodesAsync(), code => Assert.Equal(Given.Head.VerifyUrl, code));
        Assert.All(await drawn.FontsAsync(), font => Assert.Contains("yes yes yes", font, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("PEDATT_KEEP_DOCUMENTS") is { Length: > 0 } folder)
            File.Copy(drawn.Path, Path.Combine(folder, $"{name}.pdf"), overwrite: true);
    }

    [Fact]
    public async Task The_statement_holds_every_field_in_both_languages()
    {
        using var drawn = new Drawn(Documents["statement"]());
        await HoldsAsync(
            drawn,
            "Педагогтің аттестаттаудан өтуге өтініші",
            "Заявление на прохождение аттестации педагога",
            "2027-000123",
            "2027-000123-S1",
            "22.11.2026",
            "Сәрсенова Жанар Асқарқызы",
            "990228200018",
            "математика мұғалімі",
            "учитель математики",
            "№ 1 демонстрациялық мектеп",
            "Демонстрационная школа № 1",
            "zhanar@school.example.kz",
            "+77011234567",
            "біліктілік санатын беру",
            "присвоение квалификационной категории",
            "кезекті",
            "очередная",
            "2027",
            "педагог-модератор",
            "2027 жылғы 31 мамыр",
            "31 мая 2027 года",
            "педагог-сарапшы",
            "педагог-эксперт",
            "информатика",
            "Ведущий учитель района с 2019 года.",
            "күні / дата",
            "қолы / подпись",
            Given.Head.VerifyUrl
        );
        // Signed by hand, it is one page to scan.
        Assert.All(await drawn.WordsAsync(), word => Assert.Equal(1, word.Page));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_read_before_it_is_made_is_what_it_says(bool beginner)
    {
        var application = Given.Application(beginner: beginner);
        using var drawn = new Drawn(Statement.Render(application, Given.Teacher, Given.Day, Given.Head));
        var (kk, ru) = (Statement.Kazakh(application.Data), Statement.Russian(application.Data));
        await HoldsAsync(drawn, kk.Request, kk.Declaration, ru.Request, ru.Declaration);
    }

    [Fact]
    public async Task Who_has_no_category_and_teaches_no_subject_says_so()
    {
        using var drawn = new Drawn(Documents["statement of a beginner"]());
        await HoldsAsync(
            drawn,
            "санаты жоқ / без категории",
            "квалификационной категории не имею",
            "біліктілік санатым жоқ",
            "не как предметник"
        );
    }

    [Fact]
    public async Task About_of_2000_characters_stands_there_whole()
    {
        using var drawn = new Drawn(Documents["statement of a talker"]());
        var words = string.Concat((await drawn.WordsAsync()).Select(word => word.Text));
        foreach (var word in Long(2000).Split(' '))
            Assert.Contains(word, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_say_what_was_decided_by_whom_and_why()
    {
        using var acceptance = new Drawn(Documents["acceptance"]());
        await HoldsAsync(
            acceptance,
            "Құжаттарды қабылдау туралы қолхат",
            "Расписка о приёме документов",
            "2027-000123-R1",
            "2027-000123 (1)",
            "Отдел образования демонстрационного района",
            "Қасымова Гүлнар Маратқызы",
            "Сәрсенова Жанар Асқарқызы",
            "2026 жылғы 22 қараша",
            "22 ноября 2026 года"
        );
        Assert.DoesNotContain("990228200018", await acceptance.TextAsync(), StringComparison.Ordinal);
        using var refusal = new Drawn(Documents["refusal"]());
        await HoldsAsync(
            refusal,
            "Құжаттарды қабылдаудан бас тарту туралы қолхат",
            "Расписка об отказе в приёме документов",
            "недостоверность документов или сведений",
            "Диплом нечитаем: страница 2 обрезана.",
            "Өтілі расталмаған."
        );
    }

    [Fact]
    public void A_change_of_anything_on_it_changes_the_bytes()
    {
        var statement = Documents["statement"]();
        Assert.NotEqual(
            statement,
            Statement.Render(Given.Application(about: "Басқа"), Given.Teacher, Given.Day, Given.Head)
        );
        Assert.NotEqual(
            statement,
            Statement.Render(
                Given.Application(),
                Given.Teacher,
                Given.Day,
                Given.Head with
                {
                    VerifyUrl = "https://pedatt.example/verify/1",
                }
            )
        );
        Assert.NotEqual(statement, Statement.Render(Given.Application(), Given.Executor, Given.Day, Given.Head));
    }

    private static byte[] Refusal(params string[] texts) =>
        Receipt.Render(
            Given.Application(),
            Given.Teacher,
            Given.District,
            Given.Executor,
            accepted: false,
            [
                .. texts.Select(
                    (text, i) =>
                    {
                        var (code, name) = RefusalReasons.All.ElementAt(i % RefusalReasons.All.Count);
                        return (new ReceiptReason(code, text), name.Kk, name.Ru);
                    }
                ),
            ],
            Given.Day,
            Given.Head with
            {
                Number = "2027-000123-R1",
            }
        );

    private static async Task HoldsAsync(Drawn drawn, params string[] parts)
    {
        // Words in reading order; what wraps in the table's columns is still found there line by line.
        var words = string.Concat((await drawn.WordsAsync()).Select(word => word.Text));
        foreach (var part in parts)
            Assert.Contains(part.Replace(" ", "", StringComparison.Ordinal), words, StringComparison.Ordinal);
    }

    private static string Long(int length) =>
        string.Join(' ', Enumerable.Range(0, length).Select(i => $"Ұстаздық{i}"))[..length];
}
