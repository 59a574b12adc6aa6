using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace PedAtt.ServiceDefaults.Data;

/// <summary>The 2xx answer once given to a caller for an Idempotency-Key, kept for a day.</summary>
public sealed class IdempotentAnswer
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    public required Guid CallerId { get; init; }

    /// <summary>Method, concrete path and query: a dry run is another call than what it tries.</summary>
    public required string Call { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the body; for multipart, of the fields and of the files' hashes.</summary>
    public required string Fingerprint { get; init; }

    public required int Status { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    public string? ContentType { get; init; }

    /// <summary>Encrypted: an answer may hold what only its caller may read, such as an activation code.</summary>
    public required byte[] Body { get; init; }

    /// <summary>When it was given; of a call that still runs, when it last said so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of a call that still runs: which one. There is no answer yet.</summary>
    public Guid? Claim { get; init; }

    internal static void Map(ModelBuilder model) =>
        model.Entity<IdempotentAnswer>(answer =>
        {
            answer.ToTable("idempotent_answers");
            answer.HasKey(row => new
            {
                row.CallerId,
                row.Call,
                row.Key,
            });
            answer.Property(row => row.ETag).HasColumnName("etag");
            answer.HasIndex(row => row.At);
            answer.HasIndex(row => row.Claim).HasFilter("claim is not null");
        });
}

/// <summary>
/// The same key and body give the same answer, once made. The call takes its key in a moment and then runs without a
/// connection: what takes long, a scan or a store, keeps nobody waiting for one. What it writes at its end and its
/// answer are one transaction: a crash leaves both or neither, and a repetition does the work once. A call that died is
/// known by its silence.
/// </summary>
public static partial class Idempotency
{
    /// <summary>A call that has not said for so long that it runs is dead, and another may do its work.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const string Purpose = "idempotent answers";

    /// <summary>For POSTs that take JSON or nothing. A handler that takes files calls <see cref="OnceAsync"/>
    /// itself.</summary>
    public static TBuilder WithIdempotency<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(
            async (context, next) =>
            {
                var http = context.HttpContext;
                if (!HttpMethods.IsPost(http.Request.Method) || !IsAsked(http))
                    return await next(context);
                http.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: 1024 * 1024);
                var fingerprint = Convert.ToHexString(await HashAsync(http));
                http.Request.Body.Position = 0;
                return await OnceAsync(http, fingerprint, async () => (IResult)(await next(context))!);
            }
        );

    public static bool IsAsked(HttpContext http) => http.Request.Headers.ContainsKey("Idempotency-Key");

    /// <exception cref="Problem">409 idempotency.in-progress, 422 idempotency.key-reused</exception>
    public static async Task<IResult> OnceAsync(HttpContext http, string fingerprint, Func<Task<IResult>> handle)
    {
        if (!IsAsked(http))
            return await handle();
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 200 || key.Any(char.IsControl))
            throw Problem.With(400, SharedCodes.IdempotencyKeyInvalid);
        var db = http.RequestServices.GetRequiredService<ServiceDb>();
        var caller = http.RequestServices.GetRequiredService<CurrentUser>().Id;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var encryption = http.RequestServices.GetRequiredService<Encryption>();
        var call = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
        var ct = http.RequestAborted;

        var claim = Guid.CreateVersion7();
        if (!await TakeAsync(db, caller, call, key, fingerprint, claim, clock.GetUtcNow(), ct))
        {
            var kept = await db
                .IdempotentAnswers.AsNoTracking()
                .SingleOrDefaultAsync(row => row.CallerId == caller && row.Call == call && row.Key == key, ct);
            if (kept is null or { Claim: not null })
                throw Problem.With(409, SharedCodes.IdempotencyInProgress);
            return kept.Fingerprint == fingerprint
                ? new Answer(kept, encryption.Decrypt(Purpose, kept.Body))
                : throw Problem.With(422, SharedCodes.IdempotencyKeyReused);
        }

        var done = false;
        db.CommitsWithAnswer = true;
        try
        {
            IdempotentAnswer answer;
            byte[] body;
            await using (KeepSaying(http, claim, clock))
                (answer, body) = await RunAsync(
                    http,
                    handle,
                    caller,
                    call,
                    key,
                    fingerprint,
                    encryption,
                    clock.GetUtcNow()
                );
            if (answer.Status is >= 200 and < 300)
            {
                var mine = await db
                    .IdempotentAnswers.Where(row => row.Claim == claim)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(one => one.Claim, (Guid?)null)
                                .SetProperty(one => one.Status, answer.Status)
                                .SetProperty(one => one.Location, answer.Location)
                                .SetProperty(one => one.ETag, answer.ETag)
                                .SetProperty(one => one.ContentType, answer.ContentType)
                                .SetProperty(one => one.Body, answer.Body)
                                .SetProperty(one => one.At, answer.At),
                        CancellationToken.None
                    );
                // Another took this call for dead and does its work: what was done here must not count as well.
                if (mine == 0)
                    throw Problem.With(409, SharedCodes.IdempotencyInProgress);
                if (db.Database.CurrentTransaction is { } transaction)
                    await transaction.CommitAsync(CancellationToken.None);
                done = true;
            }
            return new Answer(answer, body);
        }
        finally
        {
            db.CommitsWithAnswer = false;
            if (db.Database.CurrentTransaction is { } left)
                await left.DisposeAsync();
            if (!done)
                await ReleaseAsync(http, claim);
        }
    }

    /// <summary>Takes the key where it is free, where its answer is too old to count, or where the call that had it is
    /// dead.</summary>
    private static async Task<bool> TakeAsync(
        ServiceDb db,
        Guid caller,
        string call,
        string key,
        string fingerprint,
        Guid claim,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var (tooOld, silent) = (now - IdempotentAnswer.KeptFor, now - Lease);
        return await db.Database.ExecuteSqlAsync(
                $"""
                insert into idempotent_answers as held (caller_id, call, key, fingerprint, status, body, at, claim)
                values ({caller}, {call}, {key}, {fingerprint}, 0, '', {now}, {claim})
                on conflict (caller_id, call, key) do update
                    set fingerprint = excluded.fingerprint, status = 0, location = null, etag = null, content_type = null,
                        body = '', at = excluded.at, claim = excluded.claim
                    where held.at < {tooOld} or (held.claim is not null and held.at < {silent})
                """,
                ct
            ) > 0;
    }

    /// <summary>A refused call may be repeated with its key. Where even this cannot be written, its silence frees
    /// it.</summary>
    private static async Task ReleaseAsync(HttpContext http, Guid claim)
    {
        try
        {
            await using var scope = http.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<ServiceDb>()
                .IdempotentAnswers.Where(row => row.Claim == claim)
                .ExecuteDeleteAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            LogNotReleased(
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Idempotency)),
                e.GetType().Name
            );
        }
    }

    /// <summary>Says from time to time that the call still runs, until it is disposed of.</summary>
    private static Saying KeepSaying(HttpContext http, Guid claim, TimeProvider clock) =>
        new(http.RequestServices.GetRequiredService<IServiceScopeFactory>(), claim, clock);

    private sealed class Saying : IAsyncDisposable
    {
        private readonly CancellationTokenSource over = new();
        private readonly Task saying;

        public Saying(IServiceScopeFactory scopes, Guid claim, TimeProvider clock) =>
            saying = SayAsync(scopes, claim, clock, over.Token);

        public async ValueTask DisposeAsync()
        {
            await over.CancelAsync();
            await saying;
            over.Dispose();
        }

        private static async Task SayAsync(
            IServiceScopeFactory scopes,
            Guid claim,
            TimeProvider clock,
            CancellationToken over
        )
        {
            using var timer = new PeriodicTimer(Lease / 3);
            while (!over.IsCancellationRequested)
            {
                try
                {
                    await timer.WaitForNextTickAsync(over);
                    await using var scope = scopes.CreateAsyncScope();
                    var now = clock.GetUtcNow();
                    await scope
                        .ServiceProvider.GetRequiredService<ServiceDb>()
                        .IdempotentAnswers.Where(row => row.Claim == claim)
                        .ExecuteUpdateAsync(row => row.SetProperty(one => one.At, now), over);
                }
                catch (Exception e)
                    when (e is OperationCanceledException or System.Data.Common.DbException or InvalidOperationException
                    )
                {
                    // The call has ended, or the database is away: then its answer cannot be kept either.
                }
            }
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A refused call's key could not be freed ({Failure}): it may be used again in some seconds"
    )]
    private static partial void LogNotReleased(ILogger log, string failure);

    private static async Task<(IdempotentAnswer Answer, byte[] Body)> RunAsync(
        HttpContext http,
        Func<Task<IResult>> handle,
        Guid caller,
        string call,
        string key,
        string fingerprint,
        Encryption encryption,
        DateTimeOffset now
    )
    {
        var result = await handle();
        var (outside, aborted) = (http.Response.Body, http.RequestAborted);
        using var body = new MemoryStream();
        http.Response.Body = body;
        // Where the caller hangs up, JSON is cut off without a word: what they get for their next try must be whole.
        http.RequestAborted = CancellationToken.None;
        try
        {
            await result.ExecuteAsync(http);
        }
        finally
        {
            http.Response.Body = outside;
            http.RequestAborted = aborted;
        }
        return (
            new IdempotentAnswer
            {
                CallerId = caller,
                Call = call,
                Key = key,
                Fingerprint = fingerprint,
                Status = http.Response.StatusCode,
                Location = http.Response.Headers.Location,
                ETag = http.Response.Headers.ETag,
                ContentType = http.Response.ContentType,
                Body = encryption.Encrypt(Purpose, body.ToArray()),
                At = now,
            },
            body.ToArray()
        );
    }

    private static async Task<byte[]> HashAsync(HttpContext http)
    {
        try
        {
            return await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        }
        catch (IOException)
        {
            // The buffer's limit: a JSON body has no reason to be larger.
            throw Problem.With(413, SharedCodes.RequestTooLarge);
        }
    }

    private sealed class Answer(IdempotentAnswer kept, byte[] body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = kept.Status;
            if (kept.Location is not null)
                response.Headers.Location = kept.Location;
            if (kept.ETag is not null)
                response.Headers.ETag = kept.ETag;
            if (body.Length == 0)
                return;
            response.ContentType = kept.ContentType;
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
