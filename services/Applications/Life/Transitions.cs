using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PedAtt.Applications.Access;
using PedAtt.Applications.Data;
using PedAtt.Applications.Rules;

namespace PedAtt.Applications.Life;

/// <summary>Begins every change of an application: who may, then the body, then the row, then the table.</summary>
public sealed class Transitions(
    ApplicationsDb db,
    CurrentActor caller,
    ApplicationViews views,
    IHttpContextAccessor http,
    RuleBook rules,
    TimeProvider clock
)
{
    /// <summary>A move that takes {} or no body, with the application's row held until it is committed or given
    /// up.</summary>
    /// <exception cref="Problem">404, 403, then what is wrong with the body, then 409
    /// transition.not-allowed</exception>
    public async Task<Transition> BeginAsync(Guid id, ApplicationAction action, CancellationToken ct)
    {
        await RequireRoleAsync(id, action, ct);
        await RequestBody.ReadNothingAsync(http.HttpContext!, ct);
        var transition = await TakeAsync(id, action, ct);
        try
        {
            var row = ApplicationLifecycle.Find(transition.Application.Status, action);
            transition.Application.RequireOneParty(transition.By.Id, row.By);
            return transition;
        }
        catch
        {
            await transition.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The application as it is before a body is read: whoever sends theirs slowly must not keep the others waiting.
    /// What is decided here is decided again once the row is taken.
    /// </summary>
    /// <exception cref="Problem">404, 403</exception>
    public async Task<Application> RequireRoleAsync(Guid id, ApplicationAction action, CancellationToken ct) =>
        caller.RequireRole(
            await db.Applications.AsNoTracking().SingleOrDefaultAsync(application => application.Id == id, ct),
            action
        );

    /// <summary>The row, for a change whose body was read. Whether the table has it is asked by the change
    /// itself.</summary>
    /// <exception cref="Problem">404, 403</exception>
    public async Task<Transition> TakeAsync(Guid id, ApplicationAction action, CancellationToken ct)
    {
        var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        try
        {
            var application = caller.RequireRole(await db.LockAsync(id, ct), action);
            return new Transition(
                application,
                action,
                caller.Actor,
                clock.Now(),
                transaction,
                db,
                views,
                rules,
                http.HttpContext!
            );
        }
        catch
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            throw;
        }
    }
}

/// <summary>
/// One change of one application, in one transaction that holds its row from the first question to the commit. What
/// stops in between, by a rule, a failure or a crash, leaves nothing behind.
/// </summary>
/// <param name="transaction">Null: the request has one already, and whoever began it commits.</param>
public sealed class Transition(
    Application application,
    ApplicationAction action,
    Actor by,
    DateTimeOffset at,
    IDbContextTransaction? transaction,
    ApplicationsDb db,
    ApplicationViews views,
    RuleBook rules,
    HttpContext http
) : IAsyncDisposable
{
    private readonly int version = application.Version;

    public Application Application => application;

    public ApplicationAction Action => action;

    public Actor By => by;

    public DateTimeOffset At => at;

    /// <summary>Under it Portfolio and Documents keep what they are asked for now. New for each attempt.</summary>
    public Guid SnapshotId { get; } = Guid.CreateVersion7();

    /// <summary>Keeps the change and answers by it.</summary>
    public async Task<Ok<ApplicationView>> CommitAsync(CancellationToken ct)
    {
        await SaveAsync(ct);
        http.SetVersion(application.Version);
        return TypedResults.Ok(await views.OfAsync(application, ct));
    }

    /// <summary>Keeps the change: the application, its history, and the event of the move that was made.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        if (application.LastMove is { } made && made.Version > version)
            db.Publish(ApplicationEvents.Of(application, made, rules));
        await db.SaveChangesAsync(ct);
        // Past this point the caller's going away must not decide whether the change is kept.
        if (transaction is not null)
            await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>What was not kept is undone.</summary>
    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? ValueTask.CompletedTask;
}
