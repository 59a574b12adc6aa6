using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Filing;

public static class EditApplication
{
    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapPut("{id:guid}", Handle)
            .WithSummary("Edit the application's own data")
            .TakesJson<ApplicationForm>();

    public static async Task<Ok<ApplicationView>> Handle(
        Guid id,
        HttpContext http,
        ApplicationsDb db,
        Transitions transitions,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var today = Almaty.Today(clock);
        var seen = await transitions.RequireRoleAsync(id, ApplicationAction.Edit, ct);
        var fields = await FormBody.ReadAsync<ApplicationForm, ApplicationFields>(
            http,
            (form, error) => form.Check(rules.Reference, today, year => seen.MayBeFor(year, today), error),
            ct
        );
        var version = http.RequiredVersion();
        await using var edit = await transitions.TakeAsync(id, ApplicationAction.Edit, ct);
        Versions.RequireVersion(version, edit.Application.Version);
        edit.Application.Edit(fields, await db.PathAsync(edit.Application.OrganisationPath, ct), rules, today);
        return await edit.CommitAsync(ct);
    }
}
