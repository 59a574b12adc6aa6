using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Logins;

public static class IssueLogin
{
    public static void Map(IEndpointRouteBuilder identity) =>
        identity
            .MapPost("logins", Handle)
            .WithIdempotency()
            .WithSummary("Issue a login")
            .TakesJson<LoginRequest>()
            .Produces<LoginIssued>(StatusCodes.Status201Created);

    public static async Task<IResult> Handle(
        HttpContext http,
        IdentityDb db,
        Administration administration,
        CurrentUser user,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        user.Require(Roles.Administrator);
        var request = await RequestBody.ReadAsync<LoginRequest>(http, ct);
        var errors = new Errors();
        var organisation = request.OrganisationId is { } id
            ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct)
            : null;
        if (organisation is null)
            errors.Add("organisationId", request.OrganisationId is null ? FieldCodes.Required : FieldCodes.UnknownKey);
        LoginWriter.Check(request, organisation, administration, errors);
        errors.ThrowIfAny();
        var issued =
            (await LoginWriter.IssueAsync([(request, organisation!)], db, administration, user.Id, clock, ct)).Single()
            ?? throw Taken();
        return TypedResults.Created($"/api/identity/logins/{issued.Id}", issued);
    }

    private static Problem Taken() => Problem.Conflict(Codes.LoginAlreadyIssued, "A login is issued once.");
}
