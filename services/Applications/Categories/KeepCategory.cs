using Microsoft.AspNetCore.Http.HttpResults;
using PedAtt.Applications.Data;
using PedAtt.Applications.Rules;
using PedAtt.Internal;

namespace PedAtt.Applications.Categories;

/// <summary>What points 27 to 31 and 36 of the Rules keep or extend, by the head's order.</summary>
public static class KeepCategory
{
    private static readonly string[] Grounds = ["point-27", "point-28", "point-29", "point-30", "point-31", "point-36"];

    public sealed record Request(
        Guid? PersonId,
        string? Category,
        string? Ground,
        string? OrderNumber,
        DateOnly? OrderDate,
        DateOnly? Until
    );

    public static void Map(IEndpointRouteBuilder categories) =>
        categories
            .MapPost("keepings", Handle)
            .WithIdempotency()
            .WithSummary("Record that a category is kept or extended by the head's order")
            .TakesJson<Request>();

    public static async Task<Created<CategoryRecordView>> Handle(
        HttpContext http,
        ApplicationsDb db,
        CurrentUser user,
        IdentityClient identity,
        CategoryRecords records,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        user.Require(Roles.Head);
        var errors = new Errors();
        var request = await RequestBody.ReadAsync<Request>(http, errors, ct);
        var fields = new Fields(errors);
        var (today, now) = (Almaty.Today(clock), clock.Now());
        fields.Key("category", request.Category, key => rules.Reference.Categories.Any(one => one.Key == key));
        fields.Key("ground", request.Ground, Grounds.Contains);
        fields.Text("orderNumber", request.OrderNumber, 1..100);
        if (fields.Required("orderDate", request.OrderDate))
            fields.Require("orderDate", request.OrderDate <= today, Codes.Field.DateInFuture);
        if (fields.Required("until", request.Until) && request.OrderDate is { } ordered)
            fields.Require("until", request.Until >= ordered, Codes.Field.UntilBeforeFrom);
        if (fields.Required("personId", request.PersonId))
            fields.Require(
                "personId",
                await IsTheirsAsync(request.PersonId!.Value, user, identity, ct),
                FieldCodes.UnknownKey
            );
        errors.ThrowIfAny();

        var held = await records.OfAsync(request.PersonId!.Value, today, ct);
        if (!held.Any(one => one.State != RecordState.Annulled && Keeps(one, request, rules.Reference)))
            throw Problem.Conflict(
                Codes.CategoryNotHeld,
                "Only what is recorded can be kept, by the ground that is named."
            );
        var record = new CategoryRecord
        {
            Id = Guid.CreateVersion7(now),
            PersonId = request.PersonId,
            Category = request.Category!,
            From = request.OrderDate!.Value,
            Until = request.Until,
            Basis = RecordBasis.Keeping,
            Ground = request.Ground,
            OrderNumber = request.OrderNumber!,
            OrderDate = request.OrderDate.Value,
            RecordedAt = now,
            RecordedById = user.Id,
        };
        db.CategoryRecords.Add(record);
        await db.SaveChangesAsync(ct);
        var kept = (await records.OfAsync(record.PersonId.Value, today, ct)).Single(one => one.Record.Id == record.Id);
        return TypedResults.Created($"/api/categories/{record.Id}", CategoryRecordView.Of(kept));
    }

    /// <summary>A teacher or a deputy of an organisation that the caller heads, never the caller.</summary>
    private static async Task<bool> IsTheirsAsync(
        Guid personId,
        CurrentUser user,
        IdentityClient identity,
        CancellationToken ct
    ) =>
        personId != user.Id
        && await identity.PersonAsync(personId, ct) is { } person
        && person.Assignments.Any(role => role.Role == Roles.Teacher && user.Has(Roles.Head, [role.OrganisationId]));

    /// <summary>Points 27 and 31 keep a category to its term's end, 29 for two years, 30 for four; 36 turns a head's
    /// into the deputy's of the same number or the other way, or into a teacher's.</summary>
    private static bool Keeps(RecordedCategory held, Request request, ReferenceData reference) =>
        request.Ground switch
        {
            "point-27" or "point-31" => held.Category == request.Category && request.Until <= held.Until,
            "point-29" => held.Category == request.Category && request.Until <= request.OrderDate!.Value.AddYears(2),
            "point-30" => held.Category == request.Category && request.Until <= request.OrderDate!.Value.AddYears(4),
            "point-36" => reference.Category(held.Category).Ladder != reference.Category(request.Category!).Ladder,
            _ => held.Category == request.Category,
        };
}
