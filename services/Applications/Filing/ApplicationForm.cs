using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Filing;

/// <summary>The guide's form as it was typed: anything may be missing or wrong.</summary>
public sealed record ApplicationForm(
    int? AttestationYear,
    string? StatementForm,
    string? PositionRu,
    string? PositionKk,
    string? AttestationKind,
    string? CurrentCategory,
    DateOnly? CurrentCategoryValidUntil,
    string? ClaimedCategory,
    string? Email,
    string? Phone,
    IReadOnlyList<string?>? Subjects,
    bool? NotSubjectTeacher,
    string? About,
    bool? RulesAcknowledged
)
{
    private const int MaxAbout = 2000;

    /// <param name="isYear">Whether the application may be for that school year.</param>
    /// <summary>The form's fields, where every rule is kept; what is wrong goes to <paramref name="error"/> as field
    /// and code.</summary>
    public ApplicationFields? Check(
        ReferenceData reference,
        DateOnly today,
        Func<int, bool> isYear,
        Action<string, string> error
    )
    {
        var clean = true;

        if (AttestationYear is null)
            Wrong("attestationYear", FieldCodes.Required);
        else if (!isYear(AttestationYear.Value))
            Wrong("attestationYear", Codes.Field.AttestationYearOutOfRange);
        Key("statementForm", StatementForm, reference.StatementForms);
        Position("positionRu", PositionRu);
        Position("positionKk", PositionKk);
        Key("attestationKind", AttestationKind, reference.AttestationKinds);
        Categories();
        Reach();
        if (NotSubjectTeacher is not true)
        {
            if (Subjects is not { Count: > 0 })
                Wrong("subjects", Codes.Field.SubjectsRequired);
            else if (Subjects.Any(key => !reference.Subjects.Any(entry => entry.Key == key && entry.IsValid(today))))
                Wrong("subjects", FieldCodes.UnknownKey);
        }
        if (About is not null)
        {
            if (TypedText.Length(About) > MaxAbout)
                Wrong("about", FieldCodes.FieldTooLong);
            if (TypedText.HasControls(About, lines: true))
                Wrong("about", FieldCodes.TextControlCharacters);
        }
        if (RulesAcknowledged is not true)
            Wrong("rulesAcknowledged", Codes.Field.RulesNotAcknowledged);

        return clean ? ToFields() : null;

        void Wrong(string field, string code)
        {
            clean = false;
            error(field, code);
        }

        void Key(string field, string? key, IReadOnlyList<ReferenceEntry> entries)
        {
            if (key is null)
                Wrong(field, FieldCodes.Required);
            else if (!entries.Any(entry => entry.Key == key && entry.IsValid(today)))
                Wrong(field, FieldCodes.UnknownKey);
        }

        void Position(string field, string? text)
        {
            if (text is null)
            {
                Wrong(field, FieldCodes.Required);
                return;
            }
            if (TypedText.Length(text) < 2)
                Wrong(field, FieldCodes.FieldTooShort);
            if (TypedText.Length(text) > 200)
                Wrong(field, FieldCodes.FieldTooLong);
            if (TypedText.HasControls(text, lines: false))
                Wrong(field, FieldCodes.TextControlCharacters);
        }

        void Categories()
        {
            var current = Find(CurrentCategory);
            if (CurrentCategory is not null && current is null)
                Wrong("currentCategory", FieldCodes.UnknownKey);
            // A trainee's or a plain teacher's post is no awarded category: it has no term and so no date.
            if (current?.ValidYears is not null && CurrentCategoryValidUntil is null)
                Wrong("currentCategoryValidUntil", Codes.Field.CurrentCategoryDateRequired);

            var claimed = Find(ClaimedCategory);
            if (ClaimedCategory is null)
                Wrong("claimedCategory", FieldCodes.Required);
            else if (claimed is null)
                Wrong("claimedCategory", FieldCodes.UnknownKey);
            else if (!claimed.Claimable)
                Wrong("claimedCategory", Codes.Field.ClaimedCategoryNotClaimable);
            else if (CategoryRules.IsBelowCurrent(reference, claimed, current))
                Wrong("claimedCategory", Codes.Field.ClaimedCategoryBelowCurrent);
        }

        Category? Find(string? key) =>
            reference.Categories.FirstOrDefault(category => category.Key == key && category.IsValid(today));

        void Reach()
        {
            if (Email is null)
                Wrong("email", FieldCodes.Required);
            else if (TypedText.Length(Email) > Contacts.LongestEmail)
                Wrong("email", FieldCodes.FieldTooLong);
            else if (!Contacts.IsEmail(Email))
                Wrong("email", FieldCodes.EmailInvalid);
            if (Phone is null)
                Wrong("phone", FieldCodes.Required);
            else if (!Contacts.IsPhone(Phone))
                Wrong("phone", FieldCodes.PhoneInvalid);
        }
    }

    private ApplicationFields ToFields() =>
        new(
            AttestationYear!.Value,
            StatementForm!,
            PositionRu!,
            PositionKk!,
            AttestationKind!,
            CurrentCategory,
            CurrentCategory is null ? null : CurrentCategoryValidUntil,
            ClaimedCategory!,
            Email!,
            Phone!,
            NotSubjectTeacher is true ? [] : [.. Subjects!.Select(key => key!).Distinct()],
            NotSubjectTeacher is true,
            About,
            true
        );
}

/// <summary>The form's fields once they keep every rule.</summary>
/// <param name="AttestationYear">The school year, see <see cref="SchoolYear"/>.</param>
/// <param name="CurrentCategory">Null: without a category.</param>
/// <param name="Subjects">Keys; empty where <paramref name="NotSubjectTeacher"/>.</param>
/// <param name="About">«Сообщаю о себе следующие сведения».</param>
public sealed record ApplicationFields(
    int AttestationYear,
    string StatementForm,
    string PositionRu,
    string PositionKk,
    string AttestationKind,
    string? CurrentCategory,
    DateOnly? CurrentCategoryValidUntil,
    string ClaimedCategory,
    string Email,
    string Phone,
    IReadOnlyList<string> Subjects,
    bool NotSubjectTeacher,
    string? About,
    bool RulesAcknowledged
);
