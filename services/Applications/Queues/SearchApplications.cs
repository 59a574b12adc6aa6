using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Internal;

namespace PedAtt.Applications.Queues;

/// <summary>
/// By the beginning of a name or by an IIN, among what the list would show, by name. A POST, so that neither stands in
/// a URL, where it would be logged on its way.
/// </summary>
public static class SearchApplications
{
    public sealed record Request(string? Name, string? Iin)
    {
        public Request? Check(Action<string, string> error)
        {
            if (Name is null && Iin is null)
                error("name", FieldCodes.Required);
            else if (Name is { Length: > 200 })
                error("name", FieldCodes.FieldTooLong);
            else if (Name is not null && Name.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)))
                error("name", FieldCodes.TextControlCharacters);
            else if (Iin is not null && (Iin.Length != 12 || !Iin.All(char.IsAsciiDigit)))
                error("iin", FieldCodes.IinInvalid);
            else
                return this;
            return null;
        }
    }

    public static void Map(IEndpointRouteBuilder applications) =>
        applications
            .MapPost("search", Handle)
            .WithIdempotency()
            .WithSummary("Search by name or IIN")
            .TakesJson<Request>();

    public static async Task<Ok<Paged<ApplicationView>>> Handle(
        HttpContext http,
        ApplicationsDb db,
        QueueReader queues,
        IdentityClient identity,
        CancellationToken ct
    )
    {
        var wanted = await FormBody.ReadAsync<Request, Request>(http, (form, error) => form.Check(error), ct);
        var page = PageRequest.From(http);
        var after = page.Position<NamePosition>();
        var filter = await queues.FilterAsync(http, ct);
        var teacher = wanted.Iin is null ? null : (await identity.PersonByIinAsync(wanted.Iin, ct))?.Id;
        var rows =
            filter is null || (wanted.Iin is not null && teacher is null)
                ? []
                : await db.NamesAsync(queues.Worklists, filter, wanted.Name, teacher, after, page.Limit + 1, ct);
        var positions = Paged.Of(rows, page.Limit, Cursor.Encode);
        return TypedResults.Ok(
            new Paged<ApplicationView>(
                await queues.ShowAsync([.. positions.Items.Select(position => position.Id)], ct),
                positions.Next
            )
        );
    }
}
