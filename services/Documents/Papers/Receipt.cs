using PedAtt.Documents.Pdf;
using PedAtt.Internal;

namespace PedAtt.Documents.Papers;

/// <summary>
/// The service provider's answer: Annex 3 of the Rules (the application is taken in) or Annex 4 (it is not considered further,
/// and why), in Kazakh and Russian. The provider's authorised person signs it.
/// </summary>
public static class Receipt
{
    public static byte[] Render(
        ApplicationFacts application, Person teacher, Organisation provider, Person executor, bool accepted,
        IReadOnlyList<(ReceiptReason Reason, string Kk, string Ru)> reasons, DateOnly day, PaperHead head)
    {
        var (kk, ru) = accepted
            ? ("Құжаттарды қабылдау туралы қолхат", "Расписка о приёме документов")
            : ("Құжаттарды қабылдаудан бас тарту туралы қолхат", "Расписка об отказе в приёме документов");
        var paper = new PdfDocument($"{kk} № {head.Number}", "kk");
        paper.Paragraph(provider.NameKk, 11, strong: true, align: Align.Centre, after: 0);
        paper.Paragraph(provider.NameRu, 10.5, align: Align.Centre, after: 18);
        paper.Paragraph(kk, 14, strong: true, align: Align.Centre, after: 1);
        paper.Paragraph(ru, 11.5, align: Align.Centre, after: 4);
        paper.Paragraph($"№ {head.Number}", 10, align: Align.Centre, after: 14);

        var sent = application.Submissions[^1];
        paper.Row("Өтініш беруші / Заявитель", teacher.Name);
        paper.Row("Өтінім нөмірі / Номер заявки", $"{application.Number} ({sent.Number})");
        paper.Row("Жұмыс орны / Место работы", Words.Both(application.Data.OrganisationNameKk, application.Data.OrganisationNameRu));
        paper.Row("Мәлімделген санат / Заявляемая категория", Words.Both(application.Data.ClaimedCategory.Kk, application.Data.ClaimedCategory.Ru));
        paper.Row("Күні / Дата", Words.Both(day));
        paper.Space(12);
        if (accepted)
            Accept(paper, day);
        else
            Refuse(paper, reasons);
        paper.Space(14);
        paper.Keep(60);
        paper.Row("Көрсетілетін қызметті беруші / Услугодатель", Words.Both(provider.NameKk, provider.NameRu));
        paper.Row("Уәкілетті тұлға / Уполномоченное лицо", executor.Name);
        paper.Space(4);
        paper.Paragraph("Электрондық цифрлық қолтаңбамен (ЭЦҚ) куәландырылады. / Удостоверяется электронной цифровой подписью (ЭЦП).", 8.5);
        return Paper.Save(paper, head);
    }

    private static void Accept(PdfDocument paper, DateOnly day)
    {
        paper.Paragraph(
            "Педагогтерге біліктілік санаттарын беру (растау) бойынша аттестаттауға қатысуға арналған өтініш қабылданды. "
            + $"Осы хабарлама {Words.Kazakh(day)} күні жіберілді.", 11, after: 8);
        paper.Paragraph(
            "Заявление на участие в аттестации по присвоению (подтверждению) квалификационных категорий педагогам принято. "
            + $"Настоящее уведомление направлено {Words.Russian(day)}.", 11);
    }

    private static void Refuse(PdfDocument paper, IReadOnlyList<(ReceiptReason Reason, string Kk, string Ru)> reasons)
    {
        paper.Paragraph(
            "Педагогтерге біліктілік санаттарын беру (растау) рәсіміне қатысуға арналған өтініш мына себептермен қаралмайды:", 11, after: 4);
        paper.Paragraph(
            "Заявление на участие в процедуре присвоения (подтверждения) квалификационных категорий педагогам не рассматривается по следующим причинам:",
            11, after: 8);
        for (var i = 0; i < reasons.Count; i++)
        {
            paper.Paragraph($"{i + 1}) {Words.Both(reasons[i].Kk, reasons[i].Ru)}:", 10.5, strong: true, after: 1, indent: 8);
            paper.Paragraph(reasons[i].Reason.Text, 10.5, after: 6, indent: 22);
        }
        paper.Paragraph("Көрсетілген қателерді түзетіп, өтінімді қайта жіберуге болады. / После исправления заявку можно отправить заново.", 9.5);
    }
}
