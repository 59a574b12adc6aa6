using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Contracts;

namespace PedAtt.Applications.Filing;

/// <summary>A draft is deleted; what was once submitted is withdrawn: kept, in the history, still counting for its year.</summary>
public static class DeleteApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapDelete("{id:guid}", Handle).WithSummary("Delete the draft, or withdraw what was submitted");

    public static async Task<NoContent> Handle(
        Guid id, ApplicationsDb db, CurrentActor caller, Moves moves, TimeProvider clock, CancellationToken ct)
    {
        await moves.HoldAsync(id, ApplicationAction.Delete, _ => Task.FromResult(true), (held, _) =>
        {
            var from = held.Status;
            var now = clock.Now();
            held.Delete(caller.Actor, now);
            db.Publish(held.Status == ApplicationStatus.Withdrawn
                ? new ApplicationWithdrawn(
                    held.Id, held.Version, held.Number, held.TeacherId, held.OrganisationPath, now, KebabCase.Of(from))
                : new ApplicationDeleted(held.Id, held.Version, held.Number, held.TeacherId, held.OrganisationPath, now));
            return Task.CompletedTask;
        }, ct);
        return TypedResults.NoContent();
    }
}
