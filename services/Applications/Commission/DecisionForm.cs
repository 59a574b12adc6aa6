using PedAtt.Applications.Filing;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Commission;

/// <summary>What the commission's chair typed.</summary>
public sealed record DecisionForm(
    string? Outcome,
    string? AwardedCategory,
    bool? KeepsCurrent,
    string? ProtocolNumber,
    DateOnly? ProtocolDate,
    string? Reason
)
{
    public Decision? Check(ReferenceData reference, ApplicationFields application, Action<string, string> error)
    {
        var clean = true;
        var outcome = Outcome is null ? null : KebabCase.Parse<ApplicationStatus>(Outcome);
        if (Outcome is null)
            Wrong("outcome", FieldCodes.Required);
        else if (outcome is null || !ApplicationLifecycle.Outcomes.Contains(outcome.Value))
        {
            Wrong("outcome", FieldCodes.UnknownKey);
            outcome = null;
        }

        var claimed = reference.Category(application.ClaimedCategory);
        Category? awarded = null;
        if (AwardedCategory is not null)
        {
            awarded = reference.Categories.FirstOrDefault(category => category.Key == AwardedCategory);
            if (awarded is null)
                Wrong("awardedCategory", FieldCodes.UnknownKey);
            else if (!Fits(awarded))
                Wrong("awardedCategory", Codes.Field.AwardedCategoryNotOfOutcome);
        }
        else
        {
            awarded = outcome switch
            {
                ApplicationStatus.Meets => claimed,
                ApplicationStatus.OneLevelLower => CategoryRules.OneBelow(reference, claimed),
                _ => null,
            };
        }
        if (KeepsCurrent is true && application.CurrentCategory is null)
            Wrong("keepsCurrent", Codes.Field.KeepsCurrentNoCategory);

        if (ProtocolNumber is null)
            Wrong("protocolNumber", FieldCodes.Required);
        else if (ProtocolNumber.Length > 50)
            Wrong("protocolNumber", FieldCodes.FieldTooLong);
        else if (ProtocolNumber.Any(char.IsControl))
            Wrong("protocolNumber", FieldCodes.TextControlCharacters);
        if (ProtocolDate is null)
            Wrong("protocolDate", FieldCodes.Required);
        if (Reason is null && outcome is not null and not ApplicationStatus.Meets)
            Wrong("reason", FieldCodes.Required);
        else if (Reason is { Length: > 2000 })
            Wrong("reason", FieldCodes.FieldTooLong);
        else if (Reason?.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')) is true)
            Wrong("reason", FieldCodes.TextControlCharacters);

        if (!clean)
            return null;
        // Not fit for the claimed one, and nothing else awarded: what the teacher has stays until it runs out
        // (paragraph 24).
        var keeps = KeepsCurrent ?? (awarded is null && application.CurrentCategory is not null);
        var validUntil =
            awarded is not null
                ? (awarded.ValidYears is { } years ? ProtocolDate!.Value.AddYears(years) : (DateOnly?)null)
            : keeps ? application.CurrentCategoryValidUntil
            : null;
        return new(outcome!.Value, awarded?.Key, keeps, ProtocolNumber!, ProtocolDate!.Value, validUntil, Reason);

        // The commission may go further down than one step (paragraph 24: not higher than the knowledge test's result),
        // never up.
        bool Fits(Category category) =>
            outcome switch
            {
                ApplicationStatus.Meets => category.Key == claimed.Key,
                null => true,
                _ => category.Ladder == claimed.Ladder && category.Order < claimed.Order,
            };

        void Wrong(string field, string code)
        {
            clean = false;
            error(field, code);
        }
    }
}

/// <param name="Outcome">The status in which the application ends.</param>
/// <param name="AwardedCategory">Null where the claimed one was denied and no lower one awarded.</param>
/// <param name="KeepsCurrent">The current category stays until it runs out.</param>
/// <param name="ValidUntil">Of what was awarded or kept; null where it has no term.</param>
public sealed record Decision(
    ApplicationStatus Outcome,
    string? AwardedCategory,
    bool KeepsCurrent,
    string ProtocolNumber,
    DateOnly ProtocolDate,
    DateOnly? ValidUntil,
    string? Reason
);
