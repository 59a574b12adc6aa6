using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Domain;
using PedAtt.Applications.Views;
using PedAtt.Internal;

namespace PedAtt.Applications.Features;

public static class CreateApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPost("", Handle).WithIdempotency().WithSummary("File an application")
            .TakesJson<ApplicationForm>();

    public static async Task<Created<ApplicationView>> Handle(
        HttpContext http, ApplicationsDb db, CurrentUser user, Seats seats, IdentityClient identity, ApplicationViews views,
        TimeProvider clock, CancellationToken ct)
    {
        user.Require(Roles.Teacher);
        var today = Almaty.Today(clock);
        var fields = await Forms.ReadAsync<ApplicationForm, ApplicationFields>(
            http, (form, error) => form.Check(ReferenceData.Current, today, error), ct);
        var school = user.Assignments.First(assignment => assignment.Role == Roles.Teacher).OrganisationId;
        var told = await identity.PathAsync(school, ct);

        var application = await db.InTransactionAsync(async () =>
        {
            var path = await db.KeepAsync(told, ct);
            var number = await db.NextNumberAsync(SchoolYear.Of(today), ct);
            var filed = Application.File(number, seats.Actor, path, fields, today, clock.Now());
            db.Applications.Add(filed);
            await db.SaveChangesAsync(ct);
            return filed;
        }, ct);

        http.SetVersion(application.Version);
        return TypedResults.Created($"/api/applications/{application.Id}", await views.OfAsync(application, ct));
    }
}
