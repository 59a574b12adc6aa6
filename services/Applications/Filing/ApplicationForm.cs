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
            Wrong("attestationYear", "required");
        else if (!isYear(AttestationYear.Value))
            Wrong("attestationYear", "attestation-year.out-of-range");
        Key("statementForm", StatementForm, reference.StatementForms);
        Position("positionRu", PositionRu);
        Position("positionKk", PositionKk);
        Key("attestationKind", AttestationKind, reference.AttestationKinds);
        Categories();
        Reach();
        if (NotSubjectTeacher is not true)
        {
            if (Subjects is not { Count: > 0 })
                Wrong("subjects", "subjects.required");
            else if (Subjects.Any(key => !reference.Subjects.Any(entry => entry.Key == key && entry.IsValid(today))))
                Wrong("subjects", "unknown-key");
        }
        if (About is not null)
        {
            if (TypedText.Length(About) > MaxAbout)
                Wrong("about", "field.too-long");
            if (TypedText.HasControls(About, lines: true))
                Wrong("about", "text.control-characters");
        }
        if (RulesAcknowledged is not true)
            Wrong("rulesAcknowledged", "rules.not-acknowledged");

        return clean ? ToFields() : null;

        void Wrong(string field, string code)
        {
            clean = false;
            error(field, code);
        }

        void Key(string field, string? key, IReadOnlyList<ReferenceEntry> entries)
        {
            if (key is null)
                Wrong(field, "required");
            else if (!entries.Any(entry => entry.Key == key && entry.IsValid(today)))
                Wrong(field, "unknown-key");
        }

        void Position(string field, string? text)
        {
            if (text is null)
            {
                Wrong(field, "required");
                return;
            }
            if (TypedText.Length(text) < 2)
                Wrong(field, "field.too-short");
            if (TypedText.Length(text) > 200)
                Wrong(field, "field.too-long");
            if (TypedText.HasControls(text, lines: false))
                Wrong(field, "text.control-characters");
        }

        void Categories()
        {
            var current = Find(CurrentCategory);
            if (CurrentCategory is not null && current is null)
                Wrong("currentCategory", "unknown-key");
            // A trainee's or a plain teacher's post is no awarded category: it has no term and so no date.
            if (current?.ValidYears is not null && CurrentCategoryValidUntil is null)
                Wrong("currentCategoryValidUntil", "current-category.date-required");

            var claimed = Find(ClaimedCategory);
            if (ClaimedCategory is null)
                Wrong("claimedCategory", "required");
            else if (claimed is null)
                Wrong("claimedCategory", "unknown-key");
            else if (!claimed.Claimable)
                Wrong("claimedCategory", "claimed-category.not-claimable");
            else if (CategoryRules.IsBelowCurrent(reference, claimed, current))
                Wrong("claimedCategory", "claimed-category.below-current");
        }

        Category? Find(string? key) =>
            reference.Categories.FirstOrDefault(category => category.Key == key && category.IsValid(today));

        void Reach()
        {
            if (Email is null)
                Wrong("email", "required");
            else if (TypedText.Length(Email) > Contacts.LongestEmail)
                Wrong("email", "field.too-long");
            else if (!Contacts.IsEmail(Email))
                Wrong("email", "email.invalid");
            if (Phone is null)
                Wrong("phone", "required");
            else if (!Contacts.IsPhone(Phone))
                Wrong("phone", "phone.invalid");
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
