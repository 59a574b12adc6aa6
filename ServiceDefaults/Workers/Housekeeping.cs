using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Workers;

/// <summary>Deletes what has served its time (docs/retention.md). Safe in several replicas: deleting twice deletes
/// once.</summary>
internal sealed class Housekeeping<TDb>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Housekeeping<TDb>> log)
    : Worker(TimeSpan.FromMinutes(15), clock, log)
    where TDb : ServiceDb
{
    protected override async Task<bool> RoundAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = Clock.GetUtcNow();
        var inbox = now - InboxMessage.KeptFor;
        var answers = now - IdempotentAnswer.KeptFor;
        await db.InboxMessages.Where(message => message.At < inbox).ExecuteDeleteAsync(ct);
        await db.IdempotentAnswers.Where(answer => answer.At < answers).ExecuteDeleteAsync(ct);
        return false;
    }
}
