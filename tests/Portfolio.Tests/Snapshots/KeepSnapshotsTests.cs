using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PedAtt.Portfolio.Tests.Snapshots;

public sealed class KeepSnapshotsTests(PortfolioService service)
{
    [Fact]
    public async Task PostgreSQL_refuses_to_change_or_delete_what_was_submitted()
    {
        var (application, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await service.FreezeAsync(application, 2);
        await using var db = service.Open();
        foreach (
            var change in (FormattableString[])
                [
                    $"update snapshots set content = '{{}}' where application_id = {application}",
                    $"delete from snapshots where application_id = {application}",
                    $"truncate snapshots",
                ]
        )
            Assert.Equal(
                "23001",
                (await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlAsync(change))).SqlState
            );

        // Who deletes one draft deletes no other's.
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"select set_config('pedatt.deleted_draft', {other.ToString()}, true)");
        Assert.Equal(
            "23001",
            (
                await Assert.ThrowsAsync<PostgresException>(() =>
                    db.Database.ExecuteSqlAsync($"delete from snapshots where application_id = {application}")
                )
            ).SqlState
        );
    }
}
