using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.People;

namespace PedAtt.Applications.Categories;

public static class ListOwnCategories
{
    public sealed record Response(IReadOnlyList<CategoryRecordView> Items);

    public static void Map(IEndpointRouteBuilder categories) =>
        categories.MapGet("mine", Handle).WithSummary("What you hold by record and have held, the newest first");

    public static async Task<Ok<Response>> Handle(
        CurrentUser user,
        KnownPeople people,
        CategoryRecords records,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        await people.AskAsync(user.Id, ct);
        var found = await records.OfAsync(user.Id, Almaty.Today(clock), ct);
        return TypedResults.Ok(new Response([.. found.Select(CategoryRecordView.Of)]));
    }
}
