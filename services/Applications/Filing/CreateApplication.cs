using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;
using PedAtt.Applications.Year;
using PedAtt.Internal;

namespace PedAtt.Applications.Filing;

public static class CreateApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapPost("", Handle)
            .WithIdempotency()
            .WithSummary("File an application")
            .TakesJson<ApplicationForm>();

    public static async Task<Created<ApplicationView>> Handle(
        HttpContext http,
        ApplicationsDb db,
        CurrentUser user,
        CurrentActor caller,
        IdentityClient identity,
        ApplicationViews views,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        user.Require(Roles.Teacher);
        var today = Almaty.Today(clock);
        var fields = await FormBody.ReadAsync<ApplicationForm, ApplicationFields>(
            http,
            (form, error) => form.Check(rules.Reference, today, year => SchoolYear.IsOpen(year, today), error),
            ct
        );
        var school = user.Assignments.First(assignment => assignment.Role == Roles.Teacher).OrganisationId;
        var told = await identity.PathAsync(school, ct);

        var application = await db.InTransactionAsync(
            async () =>
            {
                var path = await db.KeepAsync(told, ct);
                var number = await db.NextNumberAsync(SchoolYear.Of(today), ct);
                var created = Application.Create(number, caller.Actor, path, fields, rules, clock.Now());
                db.Applications.Add(created);
                await db.SaveChangesAsync(ct);
                return created;
            },
            ct
        );

        http.SetVersion(application.Version);
        return TypedResults.Created($"/api/applications/{application.Id}", await views.OfAsync(application, ct));
    }
}
