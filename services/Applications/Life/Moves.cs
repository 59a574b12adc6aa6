using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;

namespace PedAtt.Applications.Life;

/// <summary>
/// The frame of every move: who may, then the table, then the facts, all in one transaction that holds the application's row
/// from its first question to its commit. What stops in between, by a rule, a failure or a crash, leaves nothing behind.
/// </summary>
public sealed class Moves(ApplicationsDb db, CurrentActor caller, ApplicationViews views, TimeProvider clock)
{
    /// <summary>A move that takes {} or no body.</summary>
    public Task<Ok<ApplicationView>> MakeAsync(
        HttpContext http, Guid id, ApplicationAction action, Func<Application, DateTimeOffset, Task> move, CancellationToken ct) =>
        MakeAsync(http, id, action, async _ => { await RequestBody.ReadNothingAsync(http, ct); return true; }, (one, _, now) => move(one, now), ct);

    public async Task<Ok<ApplicationView>> MakeAsync<TBody>(
        HttpContext http, Guid id, ApplicationAction action, Func<Application, Task<TBody>> read,
        Func<Application, TBody, DateTimeOffset, Task> move, CancellationToken ct)
    {
        var application = await HoldAsync(id, action, read, async (held, body) =>
        {
            ApplicationLifecycle.Find(held.Status, action);
            await move(held, body, clock.Now());
        }, ct);
        http.SetVersion(application.Version);
        return TypedResults.Ok(await views.OfAsync(application, ct));
    }

    /// <summary>
    /// A body is read before the row is taken: whoever sends theirs slowly must not keep the others waiting. What was decided
    /// before that is decided again once the row is ours.
    /// </summary>
    public async Task<Application> HoldAsync<TBody>(
        Guid id, ApplicationAction action, Func<Application, Task<TBody>> read, Func<Application, TBody, Task> change, CancellationToken ct)
    {
        var seen = caller.RequireRole(await db.Applications.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct), action);
        var body = await read(seen);
        return await db.InTransactionAsync(async () =>
        {
            var held = caller.RequireRole(await db.LockAsync(id, ct), action);
            await change(held, body);
            await db.SaveChangesAsync(ct);
            return held;
        }, ct);
    }
}
