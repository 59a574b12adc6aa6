using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Tests;

/// <summary>A stand-alone owner of an aggregate whose moves close it, and a service that writes while it is
/// open.</summary>
public sealed class FenceTests : IAsyncLifetime
{
    private string connection = "";

    public async ValueTask InitializeAsync() => connection = await SampleDb.CreateAsync("fence");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_write_judged_by_the_newest_version_is_written_without_asking_again()
    {
        var id = Guid.NewGuid();
        await FreezeAsync(id, version: 3);

        var asked = await WriteAsync(id, settle => 3);

        Assert.Equal([false], asked);
        Assert.Equal(1, await CountAsync(id));
    }

    [Fact]
    public async Task A_write_judged_before_a_move_asks_again_and_is_refused_when_the_move_has_closed_it()
    {
        var id = Guid.NewGuid();
        await FreezeAsync(id, version: 2);

        await Assert.ThrowsAsync<Problem>(() =>
            WriteAsync(id, settle => settle ? throw Problem.Conflict("portfolio.locked", "closed") : 1)
        );

        Assert.Equal(0, await CountAsync(id));
    }

    [Fact]
    public async Task A_move_that_died_after_its_seal_stops_nobody()
    {
        var id = Guid.NewGuid();
        await FreezeAsync(id, version: 2);

        Assert.Equal([false, true], await WriteAsync(id, settle => 1));
        Assert.Equal([false], await WriteAsync(id, settle => 1));
        Assert.Equal(2, await CountAsync(id));
    }

    [Fact]
    public async Task A_new_attempt_of_a_dead_move_is_asked_about_anew()
    {
        var id = Guid.NewGuid();
        await FreezeAsync(id, version: 2);

        var asked = new List<bool>();
        await WriteAsync(
            id,
            settle =>
            {
                asked.Add(settle);
                // Between the answer about the first attempt and the write a second attempt begins.
                if (asked.Count == 2)
                    FreezeAsync(id, version: 2).GetAwaiter().GetResult();
                return 1;
            }
        );

        Assert.Equal([false, true, true], asked);
    }

    [Fact]
    public async Task A_seal_that_comes_late_does_not_lower_the_fence()
    {
        var id = Guid.NewGuid();
        await FreezeAsync(id, version: 5);
        await FreezeAsync(id, version: 3);

        Assert.Equal([false, true], await WriteAsync(id, settle => settle ? 5 : 4));
    }

    [Fact]
    public async Task The_row_is_let_go_while_asking_also_inside_a_transaction_of_the_request()
    {
        var id = Guid.NewGuid();
        await FreezeAsync(id, version: 2);
        await using var db = SampleDb.Open(connection);
        await using var request = await db.Database.BeginTransactionAsync();

        await Fence.WriteAsync(
            db,
            id,
            version: 1,
            async () =>
            {
                // A running move needs the row to freeze again: were it held, this would wait for ever.
                await FreezeAsync(id, version: 3).WaitAsync(TimeSpan.FromMinutes(1));
                return 3;
            },
            () => AddAsync(db, id, 3),
            CancellationToken.None
        );
        await request.CommitAsync();

        Assert.Equal(1, await CountAsync(id));
    }

    /// <summary>
    /// The whole protocol under fire: an owner that opens and closes, crashing in the middle now and then, and writers
    /// that judged a moment ago. What a committed closing saw must be all there is.
    /// </summary>
    [Fact]
    public async Task Nothing_is_written_behind_a_committed_move()
    {
        var id = Guid.NewGuid();
        using var row = new SemaphoreSlim(1);
        var (version, closed) = (1, false);
        var seen = new List<(int Version, int Count)>();
        var random = new Random(20261122);

        async Task<int> JudgeAsync(bool settle)
        {
            if (settle)
                await row.WaitAsync();
            try
            {
                return closed ? throw Problem.Conflict("portfolio.locked", "closed") : version;
            }
            finally
            {
                if (settle)
                    row.Release();
            }
        }

        async Task MoveAsync(bool dies)
        {
            await row.WaitAsync();
            try
            {
                var count = closed ? -1 : await FreezeAsync(id, version + 1);
                if (dies)
                    return;
                (version, closed) = (version + 1, !closed);
                if (count >= 0)
                    seen.Add((version, count));
            }
            finally
            {
                row.Release();
            }
        }

        using var stop = new CancellationTokenSource();
        var writers = Enumerable
            .Range(0, 6)
            .Select(_ =>
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await using var db = SampleDb.Open(connection);
                        try
                        {
                            var judged = await JudgeAsync(settle: false);
                            await Fence.WriteAsync(
                                db,
                                id,
                                judged,
                                async () => judged = await JudgeAsync(settle: true),
                                () => AddAsync(db, id, judged),
                                default
                            );
                        }
                        catch (Exception e) when (e is Problem)
                        {
                            await Task.Yield();
                        }
                    }
                })
            )
            .ToArray();
        for (var i = 0; i < 120; i++)
            await MoveAsync(dies: random.Next(3) == 0);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        Assert.NotEmpty(seen);
        await using var check = SampleDb.Open(connection);
        var notes = await check.Notes.Where(note => note.Aggregate == id).ToListAsync();
        Assert.All(seen, move => Assert.Equal(move.Count, notes.Count(note => note.JudgedBy < move.Version)));
    }

    private async Task<List<bool>> WriteAsync(Guid id, Func<bool, int> judge)
    {
        await using var db = SampleDb.Open(connection);
        List<bool> asked = [false];
        await Fence.WriteAsync(
            db,
            id,
            judge(false),
            () =>
            {
                asked.Add(true);
                return Task.FromResult(judge(true));
            },
            () => AddAsync(db, id, 0),
            CancellationToken.None
        );
        return asked;
    }

    private static Task<bool> AddAsync(SampleDb db, Guid id, int judgedBy)
    {
        db.Notes.Add(new Note { Aggregate = id, JudgedBy = judgedBy });
        return Task.FromResult(true);
    }

    private async Task<int> FreezeAsync(Guid id, int version)
    {
        await using var db = SampleDb.Open(connection);
        return await Fence.FreezeAsync(
            db,
            id,
            version,
            Guid.NewGuid(),
            () => db.Notes.CountAsync(note => note.Aggregate == id),
            CancellationToken.None
        );
    }

    private async Task<int> CountAsync(Guid id)
    {
        await using var db = SampleDb.Open(connection);
        return await db.Notes.CountAsync(note => note.Aggregate == id);
    }
}
