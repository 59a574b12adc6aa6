using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Identity.Access;
using PedAtt.Identity.Data;
using PedAtt.Identity.Domain;

namespace PedAtt.Identity.Features;

/// <summary>The tree of organisations: read by everybody, grown and corrected by administrators in their part of it.</summary>
public static partial class OrganisationTreeCalls
{
    private const int LongestName = 300;

    public sealed record Request(
        Guid? ParentId, string? Level, string? Kind, string? NameKk, string? NameRu, string? Bin, string? Kato, string? Subordination);

    private sealed record Position(string Name, Guid Id);

    public static void Map(IEndpointRouteBuilder identity)
    {
        identity.MapGet("organisations", List).WithSummary("Organisations by name; ?parentId= and ?level= narrow it");
        identity.MapGet("organisations/{id:guid}", Get).WithSummary("One organisation");
        identity.MapPost("organisations", Add).WithIdempotency().WithSummary("Add an organisation").TakesJson<Request>()
            .Produces<OrganisationView>(StatusCodes.Status201Created);
        identity.MapPatch("organisations/{id:guid}", Change).WithSummary("Correct an organisation's data").TakesJson<Request>();
    }

    public static async Task<Ok<Paged<OrganisationView>>> List(HttpContext http, IdentityDb db, CancellationToken ct)
    {
        var page = PageRequest.From(http);
        var query = db.Organisations.AsNoTracking();
        if (http.Request.Query["parentId"].ToString() is { Length: > 0 } parent)
            query = Guid.TryParse(parent, out var id) ? query.Where(one => one.ParentId == id) : query.Where(_ => false);
        if (http.Request.Query["level"].ToString() is { Length: > 0 } level)
            query = query.Where(one => one.Level == level);
        var kazakh = Language.Of(http) == Language.Kazakh;
        if (page.Position<Position>() is { } last)
            query = kazakh
                ? query.Where(one => string.Compare(one.NameKk, last.Name) > 0 || (one.NameKk == last.Name && one.Id > last.Id))
                : query.Where(one => string.Compare(one.NameRu, last.Name) > 0 || (one.NameRu == last.Name && one.Id > last.Id));
        var rows = await (kazakh ? query.OrderBy(one => one.NameKk) : query.OrderBy(one => one.NameRu)).ThenBy(one => one.Id)
            .Take(page.Limit + 1).ToListAsync(ct);
        var paged = Paged.Of(rows, page.Limit, one => Cursor.Encode(new Position(kazakh ? one.NameKk : one.NameRu, one.Id)));
        return TypedResults.Ok(new Paged<OrganisationView>([.. paged.Items.Select(OrganisationView.Of)], paged.Next));
    }

    public static async Task<Ok<OrganisationView>> Get(Guid id, IdentityDb db, CancellationToken ct) =>
        TypedResults.Ok(OrganisationView.Of(
            await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Problem.NotFound()));

    public static async Task<Created<OrganisationView>> Add(
        HttpContext http, IdentityDb db, Administration administration, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        user.Require(Roles.Administrator);
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var parent = request.ParentId is { } id ? await db.Organisations.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct) : null;
        if (parent is not null && !administration.Covers(parent))
            throw Problem.NotAllowed();
        var errors = new Errors();
        if (parent is null)
            errors.Add("parentId", request.ParentId is null ? "required" : "unknown-key");
        if (request.Level is null || !OrganisationTree.Levels.Contains(request.Level))
            errors.Add("level", request.Level is null ? "required" : "unknown-key");
        else if (parent is not null && !OrganisationTree.Fits(request.Level, parent.Level))
            errors.Add("level", "organisation.level");
        CheckFields(request, request.Level, parent?.Level, all: true, errors);
        errors.ThrowIfAny();

        var organisation = Organisation.Under(
            parent!, request.Level!, request.Kind!, request.NameKk!, request.NameRu!, request.Bin!, request.Kato!,
            request.Subordination ?? OrganisationTree.Subordinations(request.Level!, parent!.Level)[0]);
        db.Organisations.Add(organisation);
        administration.Note("organisation.added", organisation.Id, organisation.Id);
        await SaveAsync(db, organisation, clock, ct);
        return TypedResults.Created($"/api/identity/organisations/{organisation.Id}", OrganisationView.Of(organisation));
    }

    public static async Task<Ok<OrganisationView>> Change(
        Guid id, HttpContext http, IdentityDb db, Administration administration, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var organisation = await db.Organisations.SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw Problem.NotFound();
        user.Require(Roles.Administrator);
        if (!administration.Covers(organisation))
            throw Problem.NotAllowed();
        var request = await RequestBody.ReadAsync<Request>(http, ct);
        var parent = organisation.ParentId is { } above ? await db.Organisations.AsNoTracking().SingleAsync(one => one.Id == above, ct) : null;
        var errors = new Errors();
        CheckFields(request, organisation.Level, parent?.Level, all: false, errors);
        errors.ThrowIfAny();

        organisation.Kind = request.Kind ?? organisation.Kind;
        organisation.NameKk = request.NameKk ?? organisation.NameKk;
        organisation.NameRu = request.NameRu ?? organisation.NameRu;
        organisation.Bin = request.Bin ?? organisation.Bin;
        organisation.Kato = request.Kato ?? organisation.Kato;
        organisation.Subordination = request.Subordination ?? organisation.Subordination;
        organisation.Version++;
        administration.Note("organisation.changed", organisation.Id, organisation.Id);
        await SaveAsync(db, organisation, clock, ct);
        return TypedResults.Ok(OrganisationView.Of(organisation));
    }

    private static void CheckFields(Request request, string? level, string? parentLevel, bool all, Errors errors)
    {
        Known("kind", request.Kind, OrganisationTree.Kinds, all);
        Text("nameKk", request.NameKk);
        Text("nameRu", request.NameRu);
        if (!(request.Bin is null && !all) && !Iin.IsValid(request.Bin))
            errors.Add("bin", request.Bin is null ? "required" : "bin.invalid");
        if (!(request.Kato is null && !all) && (request.Kato is null || !Kato().IsMatch(request.Kato)))
            errors.Add("kato", request.Kato is null ? "required" : "kato.invalid");
        if (level is not null)
            Known("subordination", request.Subordination, OrganisationTree.Subordinations(level, parentLevel), required: false);

        void Known(string field, string? key, IReadOnlyList<string> keys, bool required)
        {
            if (key is null ? required : !keys.Contains(key))
                errors.Add(field, key is null ? "required" : "unknown-key");
        }

        void Text(string field, string? text)
        {
            if (text is null && all)
                errors.Add(field, "required");
            if (text?.Length > LongestName)
                errors.Add(field, "field.too-long");
            if (text?.Any(char.IsControl) == true)
                errors.Add(field, "text.control-characters");
        }
    }

    private static async Task SaveAsync(IdentityDb db, Organisation organisation, TimeProvider clock, CancellationToken ct)
    {
        db.Publish(organisation.Changed(clock.Now()));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.Violates("ix_organisations_bin"))
        {
            throw Problem.Conflict("organisation.already-exists", "A BIN names one organisation.");
        }
    }

    [GeneratedRegex(@"\A[0-9]{9}\z")]
    private static partial Regex Kato();
}
