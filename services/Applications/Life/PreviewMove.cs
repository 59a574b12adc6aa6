using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Data;
using PedAtt.Applications.Rules;
using PedAtt.Internal;

namespace PedAtt.Applications.Life;

/// <summary>
/// Tells another service what a move would publish if it were made now: the move is made on a copy that nobody keeps,
/// and its event is the one that <see cref="ApplicationEvents"/> reads from it. Who may ask is for the service that
/// asks to see.
/// </summary>
public static class PreviewMove
{
    public static void Map(IEndpointRouteBuilder @internal) =>
        @internal.MapGet("applications/{id:guid}/moves/{status}/event", Handle);

    /// <param name="status">The status that the move ends in.</param>
    public static async Task<Results<Ok<MovePreview>, NotFound>> Handle(
        Guid id,
        string status,
        ApplicationsDb db,
        PortfolioClient portfolio,
        RuleBook rules,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var copy = await db
            .WholeApplications.AsNoTracking()
            .SingleOrDefaultAsync(application => application.Id == id, ct);
        if (copy is null || ApplicationLifecycle.To(status) is not { } move)
            return TypedResults.NotFound();
        var preview = new MovePreview(
            KebabCase.Of(move.Action),
            KebabCase.Of(move.By),
            IsAllowed: false,
            Type: null,
            Event: null
        );
        if (!ApplicationLifecycle.Allows(copy.Status, move.Action))
            return TypedResults.Ok(preview);

        // An event does not say who made the move.
        var nobody = new Actor(Guid.Empty, "");
        switch (move.Action)
        {
            case ApplicationAction.Return:
                copy.Return(await portfolio.ReturnedBlocksAsync(copy, clock.Now(), ct), "[]", nobody, clock.Now());
                break;
            case ApplicationAction.Forward:
                copy.Forward("[]", nobody, clock.Now());
                break;
            case ApplicationAction.Accept:
                copy.Accept(nobody, clock.Now());
                break;
            case ApplicationAction.Refuse:
                // The executor is choosing the reasons: the receipt that will name them need not be there yet.
                copy.Refuse([], nobody, clock.Now());
                break;
            case ApplicationAction.SendToCommission:
                copy.SendToCommission(nobody, clock.Now());
                break;
        }
        var told = ApplicationEvents.Of(copy, copy.LastMove!, rules);
        return TypedResults.Ok(
            preview with
            {
                IsAllowed = true,
                Type = told.GetType().FullName,
                Event = JsonSerializer.SerializeToElement(told, told.GetType(), Json.Options),
            }
        );
    }
}
