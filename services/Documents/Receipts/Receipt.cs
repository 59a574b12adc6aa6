using PedAtt.Documents.Pdf;
using PedAtt.Documents.Register;
using PedAtt.Internal;

namespace PedAtt.Documents.Receipts;

/// <summary>
/// The service provider's answer: Annex 3 of the Rules (the application is taken in) or Annex 4 (it is not considered
/// further, and why), in Kazakh and Russian. The provider's authorised person signs it.
/// </summary>
public static class Receipt
{
    public static byte[] Render(
        ApplicationFacts application,
        Person teacher,
        Organisation provider,
        Person executor,
        bool accepted,
        IReadOnlyList<(ReceiptReason Reason, string Kk, string Ru)> reasons,
        DateOnly day,
        DocumentHead head
    )
    {
        var (kk, ru) = accepted
            ? ("Құжаттарды қабылдау туралы қолхат", "Расписка о приёме документов")
            : ("Құжаттарды қабылдаудан бас тарту туралы қолхат", "Расписка об отказе в приёме документов");
        var page = new PdfDocument($"{kk} № {head.Number}", "kk");
        page.Paragraph(provider.NameKk, 11, strong: true, align: Align.Centre, after: 0);
        page.Paragraph(provider.NameRu, 10.5, align: Align.Centre, after: 18);
        page.Paragraph(kk, 14, strong: true, align: Align.Centre, after: 1);
        page.Paragraph(ru, 11.5, align: Align.Centre, after: 4);
        page.Paragraph($"№ {head.Number}", 10, align: Align.Centre, after: 14);

        var sent = application.Submissions[^1];
        page.Row("Өтініш беруші / Заявитель", teacher.Name);
        page.Row("Өтінім нөмірі / Номер заявки", $"{application.Number} ({sent.Number})");
        page.Row(
            "Жұмыс орны / Место работы",
            DocumentText.Both(application.Data.OrganisationNameKk, application.Data.OrganisationNameRu)
        );
        page.Row(
            "Мәлімделген санат / Заявляемая категория",
            DocumentText.Both(application.Data.ClaimedCategory.Kk, application.Data.ClaimedCategory.Ru)
        );
        page.Row("Күні / Дата", DocumentText.Both(day));
        page.Space(12);
        if (accepted)
            Accept(page, day);
        else
            Refuse(page, reasons);
        page.Space(14);
        page.Keep(60);
        page.Row("Көрсетілетін қызметті беруші / Услугодатель", DocumentText.Both(provider.NameKk, provider.NameRu));
        page.Row("Уәкілетті тұлға / Уполномоченное лицо", executor.Name);
        page.Space(4);
        page.Paragraph(
            "Электрондық цифрлық қолтаңбамен (ЭЦҚ) куәландырылады. / Удостоверяется электронной цифровой подписью (ЭЦП).",
            8.5
        );
        return DocumentFoot.Save(page, head);
    }

    private static void Accept(PdfDocument page, DateOnly day)
    {
        page.Paragraph(
            "Педагогтерге біліктілік санаттарын беру (растау) бойынша аттестаттауға қатысуға арналған өтініш қабылданды. "
                + $"Осы хабарлама {DocumentText.Kazakh(day)} күні жіберілді.",
            11,
            after: 8
        );
        page.Paragraph(
            "Заявление на участие в аттестации по присвоению (подтверждению) квалификационных категорий педагогам принято. "
                + $"Настоящее уведомление направлено {DocumentText.Russian(day)}.",
            11
        );
    }

    private static void Refuse(PdfDocument page, IReadOnlyList<(ReceiptReason Reason, string Kk, string Ru)> reasons)
    {
        page.Paragraph(
            "Педагогтерге біліктілік санаттарын беру (растау) рәсіміне қатысуға арналған өтініш мына себептермен қаралмайды:",
            11,
            after: 4
        );
        page.Paragraph(
            "Заявление на участие в процедуре присвоения (подтверждения) квалификационных категорий педагогам не рассматривается по следующим причинам:",
            11,
            after: 8
        );
        for (var i = 0; i < reasons.Count; i++)
        {
            page.Paragraph(
                $"{i + 1}) {DocumentText.Both(reasons[i].Kk, reasons[i].Ru)}:",
                10.5,
                strong: true,
                after: 1,
                indent: 8
            );
            page.Paragraph(reasons[i].Reason.Text, 10.5, after: 6, indent: 22);
        }
        page.Paragraph(
            "Көрсетілген қателерді түзетіп, өтінімді қайта жіберуге болады. / После исправления заявку можно отправить заново.",
            9.5
        );
    }
}
