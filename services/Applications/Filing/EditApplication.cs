using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Filing;

public static class EditApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapPut("{id:guid}", Handle).WithSummary("Edit the application's own data")
            .TakesJson<ApplicationForm>();

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id, HttpContext http, ApplicationsDb db, Moves moves, ApplicationViews views, TimeProvider clock, CancellationToken ct)
    {
        var today = Almaty.Today(clock);
        var application = await moves.HoldAsync(id, ApplicationAction.Edit,
            async _ =>
            {
                var fields = await FormBody.ReadAsync<ApplicationForm, ApplicationFields>(
                    http, (form, error) => form.Check(ReferenceData.Current, today, error), ct);
                return (Fields: fields, Version: http.RequiredVersion());
            },
            async (held, wanted) =>
            {
                Versions.RequireVersion(wanted.Version, held.Version);
                held.Edit(wanted.Fields, await db.PathAsync(held.OrganisationPath, ct), today);
            }, ct);
        http.SetVersion(application.Version);
        return TypedResults.Ok(await views.OfAsync(application, ct));
    }
}
