using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Filing;

public static class GetApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications.MapGet("{id:guid}", Handle).WithSummary("One application");

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        HttpContext http,
        ApplicationsDb db,
        CurrentActor caller,
        ApplicationViews views,
        ReadingLog readings,
        CancellationToken ct
    )
    {
        var application = caller.RequireSeen(await db.ShownApplications.SingleOrDefaultAsync(one => one.Id == id, ct));
        await readings.NoteAsync("application", [application], ct);
        http.SetVersion(application.Version);
        return TypedResults.Ok(await views.OfAsync(application, ct));
    }
}
