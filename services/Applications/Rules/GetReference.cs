using Microsoft.AspNetCore.Http.HttpResults;

namespace PedAtt.Applications.Rules;

public static class GetReference
{
    public sealed record Response(
        IReadOnlyList<CategoryEntry> Categories,
        IReadOnlyList<ReferenceEntry> StatementForms,
        IReadOnlyList<ReferenceEntry> AttestationKinds,
        IReadOnlyList<ReferenceEntry> Subjects,
        IReadOnlyList<ReferenceEntry> Positions,
        IReadOnlyList<ReferenceEntry> Statuses,
        IReadOnlyList<ReferenceEntry> RefusalReasons
    );

    public sealed record CategoryEntry(
        string Key,
        int Order,
        Ladder Ladder,
        bool Claimable,
        DateOnly ValidFrom,
        DateOnly? ValidTo,
        Localized Name
    );

    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapGet("reference", Handle).WithSummary("What the form offers: keys and their names");

    public static Ok<Response> Handle(RuleBook rules) => TypedResults.Ok(Of(rules.Reference));

    private static Response Of(ReferenceData data) =>
        new(
            [
                .. data.Categories.Select(category => new CategoryEntry(
                    category.Key,
                    category.Order,
                    category.Ladder,
                    category.Claimable,
                    category.ValidFrom,
                    category.ValidTo,
                    category.Name
                )),
            ],
            data.StatementForms,
            data.AttestationKinds,
            data.Subjects,
            data.Positions,
            data.Statuses,
            data.RefusalReasons
        );
}
