using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Workers;

/// <summary>Deletes what has served its time (docs/retention.md). Safe in several replicas: deleting twice deletes once.</summary>
internal sealed partial class Housekeeping<TDb>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Housekeeping<TDb>> log)
    : BackgroundService
    where TDb : ServiceDb
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(15), clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<TDb>();
                var now = clock.GetUtcNow();
                var inbox = now - InboxMessage.KeptFor;
                var answers = now - IdempotentAnswer.KeptFor;
                await db.InboxMessages.Where(message => message.At < inbox).ExecuteDeleteAsync(stoppingToken);
                await db.IdempotentAnswers.Where(answer => answer.At < answers).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "Housekeeping failed; it is tried again")]
    private partial void LogFailed(Exception e);
}
