using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Organisations;

/// <summary>Corrects what is said of an organisation; its place in the tree stays.</summary>
public static class CorrectOrganisation
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPatch("organisations/{id:guid}", Handle)
            .WithSummary("Correct an organisation's data")
            .TakesJson<OrganisationRequest>();

    public static async Task<Ok<OrganisationView>> Handle(
        Guid id,
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var organisation =
            await db.Organisations.SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Problem.NotFound();
        user.Require(Roles.Administrator);
        if (!administration.Covers(organisation))
            throw Problem.NotAllowed();
        var request = await RequestBody.ReadAsync<OrganisationRequest>(http, ct);
        var parent = organisation.ParentId is { } above
            ? await db.Organisations.AsNoTracking().SingleAsync(one => one.Id == above, ct)
            : null;
        var errors = new Errors();
        request.Check(organisation.Level, parent?.Level, all: false, errors);
        errors.ThrowIfAny();

        organisation.Kind = request.Kind ?? organisation.Kind;
        organisation.NameKk = request.NameKk ?? organisation.NameKk;
        organisation.NameRu = request.NameRu ?? organisation.NameRu;
        organisation.Bin = request.Bin ?? organisation.Bin;
        organisation.Kato = request.Kato ?? organisation.Kato;
        organisation.Subordination = request.Subordination ?? organisation.Subordination;
        organisation.Version++;
        administration.Note("organisation.changed", organisation.Id, organisation.Id);
        await organisation.SaveAsync(db, clock, ct);
        return TypedResults.Ok(OrganisationView.Of(organisation));
    }
}
