using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Applications.Rules;
using PedAtt.Internal;

namespace PedAtt.Applications.Access;

/// <summary>
/// What the other services ask before every call of theirs: may this caller see the application, and what is open. They
/// keep no copy of it, so all services answer by one state (docs/decisions).
/// </summary>
public static class AccessApplication
{
    public static void Map(IEndpointRouteBuilder @internal)
    {
        @internal.MapPost("applications/{id:guid}/access", Handle);
        @internal.MapGet("applications/{id:guid}", HandleFacts);
    }

    /// <param name="settle">Answer only once the move that is running now, if any, has committed or died.</param>
    public static async Task<Results<Ok<ApplicationAccess>, NotFound>> Handle(
        Guid id,
        Caller caller,
        ApplicationsDb db,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct,
        bool settle = false
    )
    {
        // A move holds the row for update; sharing it waits for that, and for nobody else who only asks.
        if (settle)
            await db.InTransactionAsync(
                () => db.Database.ExecuteSqlAsync($"select 1 from applications where id = {id} for share", ct),
                ct
            );
        var application = await ReadAsync(db, id, ct);
        var heldRoles = HeldRole.Of(caller.Assignments.Select(one => (one.Role, one.OrganisationId, one.Level)));
        var roles = application is null ? [] : Visibility.Seen(application, caller.UserId, heldRoles);
        if (application is null || roles.Count == 0)
            return TypedResults.NotFound();
        return TypedResults.Ok(
            new ApplicationAccess(
                application.TeacherId == caller.UserId,
                [.. roles.Select(KebabCase.Of)],
                [.. Visibility.Held(application, heldRoles).Select(KebabCase.Of)],
                FactsView.Of(application, rules, clock.Now())
            )
        );
    }

    public static async Task<Results<Ok<ApplicationFacts>, NotFound>> HandleFacts(
        Guid id,
        ApplicationsDb db,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct
    ) =>
        await ReadAsync(db, id, ct) is { } application
            ? TypedResults.Ok(FactsView.Of(application, rules, clock.Now()))
            : TypedResults.NotFound();

    /// <summary>In one statement, so of one moment: a move between two would show half of itself.</summary>
    private static Task<Application?> ReadAsync(ApplicationsDb db, Guid id, CancellationToken ct) =>
        db
            .Applications.AsNoTracking()
            .Include(one => one.Organisation)
            .Include(one => one.Submissions)
            .AsSingleQuery()
            .SingleOrDefaultAsync(one => one.Id == id, ct);
}
