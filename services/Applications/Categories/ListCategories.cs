using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.People;
using PedAtt.Internal;

namespace PedAtt.Applications.Categories;

/// <summary>What the teachers of a territory hold by record.</summary>
public static class ListCategories
{
    private sealed record Position(Guid PersonId);

    private static readonly string[] Readers = [Roles.Secretary, Roles.Head, Roles.Administrator];

    public static void Map(IEndpointRouteBuilder categories) =>
        categories
            .MapGet("", Handle)
            .WithSummary("What is held in a territory (?organisationId=, ?expiringBefore=: what ends before that day)");

    public static async Task<Ok<Paged<CategoryRecordView>>> Handle(
        HttpContext http,
        CurrentUser user,
        IdentityClient identity,
        CategoryRecords records,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (!Readers.Any(user.Has))
            throw Problem.NotAllowed();
        var page = PageRequest.From(http);
        var position = page.Position<Position>();
        var (asked, before) = Read(http);
        var territory = asked ?? user.Assignments.First(assignment => Readers.Contains(assignment.Role)).OrganisationId;
        var organisation = await identity.OrganisationAsync(territory, ct) ?? throw Problem.NotFound();
        Guid[] path = [.. organisation.Path.Select(one => one.Id)];
        if (!Readers.Any(role => user.Has(role, path)))
            throw Problem.NotFound();

        var today = Almaty.Today(clock);
        var rows = new List<CategoryRecordView>();
        Guid? after = position?.PersonId;
        var more = true;
        // A page of people may hold nothing that ends so soon: the next is read until there is something to show.
        while (more && rows.Count < page.Limit)
        {
            var people = await identity.PeopleUnderAsync(territory, [Roles.Teacher, Roles.Head], after, ct);
            more = people.Count == UnderQuery.Page;
            var held = await records.OfAsync([.. people.Select(KnownPeople.Of)], today, ct);
            foreach (var person in people)
            {
                CategoryRecordView[] own =
                [
                    .. held[person.Id]
                        .Where(one => one.State is RecordState.Held or RecordState.Lapsed)
                        .Where(one => before is null || one.Until < before)
                        .Select(one => CategoryRecordView.Of(one) with { Person = HolderOf(person) }),
                ];
                // Nobody's records are cut in two; who holds more than a page has is shown whole.
                if (rows.Count > 0 && rows.Count + own.Length > page.Limit)
                {
                    more = true;
                    break;
                }
                rows.AddRange(own);
                after = person.Id;
            }
            if (people.Count == 0 || people[^1].Id != after)
                break;
        }
        return TypedResults.Ok(
            new Paged<CategoryRecordView>(rows, more && after is { } last ? Cursor.Encode(new Position(last)) : null)
        );
    }

    private static (Guid? OrganisationId, DateOnly? ExpiringBefore) Read(HttpContext http)
    {
        var errors = new Errors();
        Guid? organisation = null;
        DateOnly? before = null;
        if (http.Request.Query["organisationId"].ToString() is { Length: > 0 } id)
        {
            organisation = Guid.TryParse(id, out var parsed) ? parsed : null;
            if (organisation is null)
                errors.Add("organisationId", FieldCodes.UnknownKey);
        }
        if (http.Request.Query["expiringBefore"].ToString() is { Length: > 0 } day)
        {
            before = DateOnly.TryParseExact(
                day,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var parsed
            )
                ? parsed
                : null;
            if (before is null)
                errors.Add("expiringBefore", FieldCodes.DateInvalid);
        }
        errors.ThrowIfAny();
        return (organisation, before);
    }

    private static HolderView HolderOf(Person person) =>
        new(
            person.Id,
            person.Name,
            person.Assignments.First(role => role.Role is Roles.Teacher or Roles.Head).OrganisationId
        );
}
