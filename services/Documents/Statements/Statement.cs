using PedAtt.Documents.Pdf;
using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Statements;

/// <summary>What a statement says in one language, word by word: what is asked for, and what the teacher
/// declares.</summary>
public sealed record StatementText(string Request, string Declaration);

/// <summary>
/// The application's statement, Annex 2 of the Rules («Заявление на прохождение аттестации педагога»), in Kazakh and
/// Russian, with every field of the guide's form. The same application in the same edit on the same day gives the same
/// bytes.
/// </summary>
public static class Statement
{
    /// <param name="day">On which it is made.</param>
    public static byte[] Render(ApplicationFacts application, Person teacher, DateOnly day, DocumentHead head)
    {
        var data = application.Data;
        var page = new PdfDocument($"Педагогтің аттестаттаудан өтуге өтініші № {head.Number}", "kk");

        page.Paragraph("Аттестаттау комиссиясының төрағасына", 10, align: Align.Right, after: 0);
        page.Paragraph("Председателю аттестационной комиссии", 10, align: Align.Right, after: 2);
        page.Paragraph(data.OrganisationNameKk, 10, strong: true, align: Align.Right, after: 0);
        page.Paragraph(data.OrganisationNameRu, 10, align: Align.Right, after: 2);
        page.Paragraph($"Кімнен / От кого: {teacher.Name}", 10, strong: true, align: Align.Right, after: 12);

        page.Paragraph("Педагогтің аттестаттаудан өтуге өтініші", 14, strong: true, align: Align.Centre, after: 0);
        page.Paragraph("Заявление на прохождение аттестации педагога", 11.5, align: Align.Centre, after: 8);

        var (kk, ru) = (Kazakh(data), Russian(data));
        page.Paragraph(kk.Request, 10, after: 4);
        page.Paragraph(ru.Request, 10, after: 8);

        Table(page, application, teacher, day);
        // Whoever signs by hand signs under what they agree to.
        page.Keep(88);
        page.Space(6);
        page.Paragraph(kk.Declaration, 10, after: 1);
        page.Paragraph(ru.Declaration, 10, after: 2);
        page.WritingLines(("күні / дата", 0.28), ("қолы / подпись", 0.32), ("ТАӘ / Ф. И. О.", 0.40));
        return DocumentFoot.Save(page, head);
    }

    /// <summary>What a person typed, by the names of the application's form.</summary>
    public static IEnumerable<(string Field, string? Text)> Typed(ApplicationData data) =>
        [("positionKk", data.PositionKk), ("positionRu", data.PositionRu), ("about", data.About)];

    public static StatementText Kazakh(ApplicationData data) =>
        new(
            $"Мені {data.AttestationYear} жылы «{data.PositionKk}» лауазымы (мамандығы) бойынша «{data.ClaimedCategory.Kk}» біліктілік санатын "
                + $"{KazakhForm(data)} жөніндегі аттестаттауға қатысуға жіберуіңізді сұраймын. "
                + (
                    data.CurrentCategory is not { } current ? "Қазіргі уақытта біліктілік санатым жоқ."
                    : data.CurrentCategoryValidUntil is not { } until
                        ? $"Қазіргі уақытта «{current.Kk}» біліктілік санатым бар."
                    : $"Қазіргі уақытта {DocumentText.Kazakh(until)} күніне дейін жарамды «{current.Kk}» біліктілік санатым бар."
                ),
            $"Біліктілік санатын {KazakhForm(data)} тәртібімен таныстым."
        );

    public static StatementText Russian(ApplicationData data) =>
        new(
            $"Прошу допустить меня в {data.AttestationYear} году к аттестации на {RussianForm(data).Accusative} квалификационной категории "
                + $"«{data.ClaimedCategory.Ru}» по должности (специальности) «{data.PositionRu}». "
                + (
                    data.CurrentCategory is not { } current ? "В настоящее время квалификационной категории не имею."
                    : data.CurrentCategoryValidUntil is not { } until
                        ? $"В настоящее время имею квалификационную категорию «{current.Ru}»."
                    : $"В настоящее время имею квалификационную категорию «{current.Ru}», действительную до {DocumentText.Russian(until)}."
                ),
            $"С порядком {RussianForm(data).Genitive} квалификационной категории ознакомлен(-а)."
        );

    /// <summary>What is asked for, in the words of the form that was chosen.</summary>
    private static string KazakhForm(ApplicationData data) =>
        data.StatementForm.Key switch
        {
            "award" => "беру",
            "confirmation" => "растау",
            _ => "беру (растау)",
        };

    private static (string Accusative, string Genitive) RussianForm(ApplicationData data) =>
        data.StatementForm.Key switch
        {
            "award" => ("присвоение", "присвоения"),
            "confirmation" => ("подтверждение", "подтверждения"),
            _ => ("присвоение (подтверждение)", "присвоения (подтверждения)"),
        };

    private static void Table(PdfDocument page, ApplicationFacts application, Person teacher, DateOnly day)
    {
        var data = application.Data;
        page.Row("Өтінім нөмірі / Номер заявки", application.Number);
        page.Row("Күні / Дата", DocumentText.Both(day));
        page.Row("ТАӘ / Ф. И. О.", teacher.Name);
        page.Row("ЖСН / ИИН", teacher.Iin);
        page.Row("Лауазымы / Должность", DocumentText.Both(data.PositionKk, data.PositionRu));
        page.Row("Жұмыс орны / Место работы", DocumentText.Both(data.OrganisationNameKk, data.OrganisationNameRu));
        page.Row("Электрондық пошта / E-mail", data.Email);
        page.Row("Телефон", data.Phone);
        page.Row("Өтініш нысаны / Форма заявления", Both(data.StatementForm));
        page.Row("Аттестаттау түрі / Вид аттестации", Both(data.AttestationKind));
        page.Row("Аттестаттау жылы / Год аттестации", $"{data.AttestationYear}");
        page.Row(
            "Қолданыстағы санаты / Действующая категория",
            data.CurrentCategory is { } current ? Both(current) : "санаты жоқ / без категории"
        );
        if (data.CurrentCategoryValidUntil is { } until)
            page.Row("Қолданылу мерзімі / Срок действия", DocumentText.Both(until));
        page.Row("Мәлімделген санат / Заявляемая категория", Both(data.ClaimedCategory));
        page.Row(
            "Оқытатын пәндері / Преподаваемые предметы",
            data.Subjects.Count > 0
                ? string.Join("; ", data.Subjects.Select(Both))
                : "пән мұғалімі ретінде аттестатталмаймын / аттестуюсь не как предметник"
        );
        if (data.About is { } about)
            page.Row("Өзім туралы мәліметтер / Сообщаю о себе следующие сведения", about);
    }

    private static string Both(Term term) => DocumentText.Both(term.Kk, term.Ru);
}
