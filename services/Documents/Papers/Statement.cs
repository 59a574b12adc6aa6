using PedAtt.Documents.Pdf;
using PedAtt.Internal;

namespace PedAtt.Documents.Papers;

/// <summary>What a statement says in one language, word by word: what is asked for, and what the teacher declares.</summary>
public sealed record StatementText(string Request, string Declaration);

/// <summary>
/// The application's statement, Annex 2 of the Rules («Заявление на прохождение аттестации педагога»), in Kazakh and Russian,
/// with every field of the guide's form. The same application in the same edit gives the same bytes.
/// </summary>
public static class Statement
{
    public static byte[] Render(ApplicationFacts application, Person teacher, PaperHead head)
    {
        var data = application.Data;
        var paper = new PdfDocument($"Педагогтің аттестаттаудан өтуге өтініші № {head.Number}", "kk");

        paper.Paragraph("Аттестаттау комиссиясының төрағасына", 10, align: Align.Right, after: 0);
        paper.Paragraph("Председателю аттестационной комиссии", 10, align: Align.Right, after: 2);
        paper.Paragraph(data.OrganisationNameKk, 10, strong: true, align: Align.Right, after: 0);
        paper.Paragraph(data.OrganisationNameRu, 10, align: Align.Right, after: 2);
        paper.Paragraph(teacher.Name, 10, strong: true, align: Align.Right, after: 12);

        paper.Paragraph("Педагогтің аттестаттаудан өтуге өтініші", 14, strong: true, align: Align.Centre, after: 0);
        paper.Paragraph("Заявление на прохождение аттестации педагога", 11.5, align: Align.Centre, after: 8);

        var (kk, ru) = (Kazakh(data), Russian(data));
        paper.Paragraph(kk.Request, 10, after: 4);
        paper.Paragraph(ru.Request, 10, after: 8);

        Table(paper, application, teacher);
        // Whoever signs by hand signs under what they agree to.
        paper.Keep(88);
        paper.Space(6);
        paper.Paragraph(kk.Declaration, 10, after: 1);
        paper.Paragraph(ru.Declaration, 10, after: 2);
        paper.WritingLines(("күні / дата", 0.28), ("қолы / подпись", 0.32), ("ТАӘ / Ф. И. О.", 0.40));
        return Paper.Save(paper, head);
    }

    public static StatementText Kazakh(ApplicationData data) => new(
        $"Мені {data.AttestationYear} жылы «{data.PositionKk}» лауазымы (мамандығы) бойынша «{data.ClaimedCategory.Kk}» біліктілік санатын беру "
        + "(растау) жөніндегі аттестаттауға қатысуға жіберуіңізді сұраймын. "
        + (data.CurrentCategory is not { } current ? "Қазіргі уақытта біліктілік санатым жоқ."
            : data.CurrentCategoryValidUntil is not { } until ? $"Қазіргі уақытта «{current.Kk}» біліктілік санатым бар."
            : $"Қазіргі уақытта {Words.Kazakh(until)} күніне дейін жарамды «{current.Kk}» біліктілік санатым бар."),
        "Біліктілік санатын беру (растау) тәртібімен таныстым.");

    public static StatementText Russian(ApplicationData data) => new(
        $"Прошу допустить меня в {data.AttestationYear} году к аттестации на присвоение (подтверждение) квалификационной категории "
        + $"«{data.ClaimedCategory.Ru}» по должности (специальности) «{data.PositionRu}». "
        + (data.CurrentCategory is not { } current ? "В настоящее время квалификационной категории не имею."
            : data.CurrentCategoryValidUntil is not { } until ? $"В настоящее время имею квалификационную категорию «{current.Ru}»."
            : $"В настоящее время имею квалификационную категорию «{current.Ru}», действительную до {Words.Russian(until)}."),
        "С порядком присвоения (подтверждения) квалификационной категории ознакомлен(-а).");

    private static void Table(PdfDocument paper, ApplicationFacts application, Person teacher)
    {
        var data = application.Data;
        paper.Row("Өтінім нөмірі / Номер заявки", application.Number);
        paper.Row("Берілген күні / Дата подачи", Words.Both(data.FilingDate));
        paper.Row("ТАӘ / Ф. И. О.", teacher.Name);
        paper.Row("ЖСН / ИИН", teacher.Iin);
        paper.Row("Лауазымы / Должность", Words.Both(data.PositionKk, data.PositionRu));
        paper.Row("Жұмыс орны / Место работы", Words.Both(data.OrganisationNameKk, data.OrganisationNameRu));
        paper.Row("Электрондық пошта / E-mail", data.Email);
        paper.Row("Телефон", data.Phone);
        paper.Row("Өтініш нысаны / Форма заявления", Both(data.StatementForm));
        paper.Row("Аттестаттау түрі / Вид аттестации", Both(data.AttestationKind));
        paper.Row("Аттестаттау жылы / Год аттестации", $"{data.AttestationYear}");
        paper.Row("Қолданыстағы санаты / Действующая категория",
            data.CurrentCategory is { } current ? Both(current) : "санаты жоқ / без категории");
        if (data.CurrentCategoryValidUntil is { } until)
            paper.Row("Қолданылу мерзімі / Срок действия", Words.Both(until));
        paper.Row("Мәлімделген санат / Заявляемая категория", Both(data.ClaimedCategory));
        paper.Row("Оқытатын пәндері / Преподаваемые предметы", data.Subjects.Count > 0
            ? string.Join("; ", data.Subjects.Select(Both))
            : "пән мұғалімі ретінде аттестатталмаймын / аттестуюсь не как предметник");
        if (data.About is { } about)
            paper.Row("Өзім туралы мәліметтер / Сообщаю о себе следующие сведения", about);
    }

    private static string Both(Term term) => Words.Both(term.Kk, term.Ru);
}
