using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;
using PedAtt.Contracts;

namespace PedAtt.Applications.Commission;

public static class DecideApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("{id:guid}/decide", Handle).WithIdempotency().WithSummary("Record the commission's decision")
            .TakesJson<DecisionForm>();

    public static Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, CurrentActor caller, Moves moves, CancellationToken ct) =>
        moves.MakeAsync(http, id, ApplicationAction.Decide,
            seen => FormBody.ReadAsync<DecisionForm, Decision>(
                http, (form, error) => form.Check(ReferenceData.Current, seen.Fields, error), ct),
            (application, decision, now) =>
            {
                application.Decide(decision, caller.Actor, now);
                db.Publish(new ApplicationDecided(
                    application.Id, application.Version, application.Number, application.TeacherId, application.OrganisationPath, now,
                    application.DecidingOrganisationId, KebabCase.Of(decision.Outcome), Named(decision.AwardedCategory),
                    decision.KeepsCurrent, decision.ProtocolNumber, decision.ProtocolDate, decision.ValidUntil, decision.Reason));
                return Task.CompletedTask;
            }, ct);

    private static NamedCategory? Named(string? key)
    {
        if (key is null)
            return null;
        var name = ReferenceData.Current.Category(key).Name;
        return new(key, name.Kk, name.Ru, name.En);
    }
}
