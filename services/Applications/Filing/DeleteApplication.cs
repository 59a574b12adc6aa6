using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Filing;

/// <summary>A draft is deleted; what was once submitted is withdrawn: kept, in the history. It counts for its year only
/// if the state service has answered it.</summary>
public static class DeleteApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapDelete("{id:guid}", Handle).WithSummary("Delete the draft, or withdraw what was submitted");

    public static async Task<NoContent> Handle(Guid id, Transitions transitions, CancellationToken ct)
    {
        await using var move = await transitions.TakeAsync(id, ApplicationAction.Delete, ct);
        move.Application.Delete(move.By, move.At);
        await move.SaveAsync(ct);
        return TypedResults.NoContent();
    }
}
