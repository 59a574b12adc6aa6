using System.Text.RegularExpressions;

namespace PedAtt.Browser.Tests.Pages;

/// <summary>«Создание заявки», new or changed.</summary>
public sealed class ApplicationFormPage(Visitor visitor, Reference reference)
{
    /// <summary>Everything but what stands there already: the year, the day, the e-mail address and the
    /// phone.</summary>
    public async Task FillAsync(Form form)
    {
        string NameOf(List<Keyed> list, string key) => visitor.In(list.Single(one => one.Key == key).Name);
        string Category(string key) => visitor.In(reference.Categories.Single(one => one.Key == key).Name);

        await visitor.ChooseAsync(
            visitor.Words["field.statementForm"],
            NameOf(reference.StatementForms, form.StatementForm)
        );
        await visitor.ChooseAsync(
            visitor.Words["field.attestationKind"],
            NameOf(reference.AttestationKinds, form.AttestationKind)
        );
        await visitor.Field("field.positionRu").FillAsync(form.PositionRu);
        await visitor.Field("field.positionKk").FillAsync(form.PositionKk);
        await visitor
            .Field("field.currentCategory")
            .SelectOptionAsync(
                form.CurrentCategory is { } current ? Category(current) : visitor.Words["category.none"]
            );
        if (form.CurrentCategoryValidUntil is { } until)
            await visitor.FillDateAsync(visitor.Words["field.currentCategoryValidUntil"], until);
        await visitor.ChooseAsync(visitor.Words["field.claimedCategory"], Category(form.ClaimedCategory));
        foreach (var subject in form.Subjects)
            await visitor.ChooseAsync(visitor.Words["field.subjects"], NameOf(reference.Subjects, subject));
        await visitor.Field("field.rulesAcknowledged").CheckAsync();
    }

    /// <summary>Where it was made, its portfolio; the id stands in the address.</summary>
    public async Task<Guid> CreateAsync()
    {
        await visitor.Button("form.save").ClickAsync();
        await visitor.IsAtAsync(new Regex(@"/applications/[0-9a-f-]{36}/portfolio"));
        return Guid.Parse(visitor.Path.Split('/')[2]);
    }
}
