using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Organisations;

/// <summary>An administrator's part of the tree grows where <see cref="OrganisationTree"/> allows it.</summary>
public static class AddOrganisation
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("organisations", Handle)
            .WithIdempotency()
            .WithSummary("Add an organisation")
            .TakesJson<OrganisationRequest>()
            .Produces<OrganisationView>(StatusCodes.Status201Created);

    public static async Task<Created<OrganisationView>> Handle(
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        user.Require(Roles.Administrator);
        var request = await RequestBody.ReadAsync<OrganisationRequest>(http, ct);
        var parent = request.ParentId is { } id
            ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct)
            : null;
        if (parent is not null && !administration.Covers(parent))
            throw Problem.NotAllowed();
        var errors = new Errors();
        if (parent is null)
            errors.Add("parentId", request.ParentId is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        if (request.Level is null || !Levels.All.Contains(request.Level))
            errors.Add("level", request.Level is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        else if (parent is not null && !OrganisationTree.Fits(request.Level, parent.Level))
            errors.Add("level", Codes.Field.OrganisationLevel);
        request.Check(request.Level, parent?.Level, all: true, errors);
        errors.ThrowIfAny();

        var organisation = Organisation.Under(
            parent!,
            request.Level!,
            request.Kind!,
            request.NameKk!,
            request.NameRu!,
            request.Bin!,
            request.Kato!,
            request.Subordination ?? OrganisationTree.Subordinations(request.Level!, parent!.Level)[0]
        );
        db.Organisations.Add(organisation);
        administration.Note("organisation.added", organisation.Id, organisation.Id);
        await organisation.SaveAsync(db, clock, ct);
        return TypedResults.Created(
            $"/api/identity/organisations/{organisation.Id}",
            OrganisationView.Of(organisation)
        );
    }
}
