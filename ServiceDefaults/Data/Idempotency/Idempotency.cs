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

    /// <summary>Sealed: an answer may hold what only its caller may read, such as an activation code.</summary>
    public required byte[] Body { get; init; }

    public required DateTimeOffset At { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<IdempotentAnswer>(answer =>
    {
        answer.ToTable("idempotent_answers");
        answer.HasKey(row => new { row.CallerId, row.Call, row.Key });
        answer.HasIndex(row => row.At);
    });
}

/// <summary>
/// The same key and body give the same answer, once made. The handler and the keeping of its answer are one transaction:
/// a crash leaves both or neither, and a repetition after it does the work once.
/// </summary>
public static class Idempotency
{
    private const string Purpose = "idempotent answers";

    /// <summary>For POSTs that take JSON or nothing. A handler that takes files calls <see cref="OnceAsync"/> itself.</summary>
    public static TBuilder WithIdempotency<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!HttpMethods.IsPost(http.Request.Method) || !IsAsked(http))
                return await next(context);
            http.Request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: 1024 * 1024);
            var fingerprint = Convert.ToHexString(await HashAsync(http));
            http.Request.Body.Position = 0;
            return await OnceAsync(http, fingerprint, async () => (IResult)(await next(context))!);
        });

    public static bool IsAsked(HttpContext http) => http.Request.Headers.ContainsKey("Idempotency-Key");

    /// <exception cref="Problem">409 idempotency.in-progress, 422 idempotency.key-reused</exception>
    public static async Task<IResult> OnceAsync(HttpContext http, string fingerprint, Func<Task<IResult>> handle)
    {
        if (!IsAsked(http))
            return await handle();
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 200 || key.Any(char.IsControl))
            throw Problem.With(400, "idempotency.key-invalid");
        var db = http.RequestServices.GetRequiredService<ServiceDb>();
        var caller = http.RequestServices.GetRequiredService<CurrentUser>().Id;
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        var encryption = http.RequestServices.GetRequiredService<Encryption>();
        var call = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
        var ct = http.RequestAborted;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var lockId = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{call}\n{key}")));
        var free = await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({lockId}) as \"Value\"").SingleAsync(ct);
        if (!free)
            throw Problem.With(409, "idempotency.in-progress");

        var oldest = clock.GetUtcNow() - IdempotentAnswer.KeptFor;
        var kept = await db.IdempotentAnswers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.CallerId == caller && row.Call == call && row.Key == key, ct);
        if (kept is not null && kept.At >= oldest)
            return kept.Fingerprint == fingerprint
                ? new Answer(kept, encryption.Decrypt(Purpose, kept.Body))
                : throw Problem.With(422, "idempotency.key-reused");

        var (answer, body) = await RunAsync(http, handle, caller, call, key, fingerprint, encryption, clock.GetUtcNow());
        if (answer.Status is >= 200 and < 300)
        {
            if (kept is not null)
                await db.IdempotentAnswers.Where(row => row.CallerId == caller && row.Call == call && row.Key == key)
                    .ExecuteDeleteAsync(CancellationToken.None);
            db.IdempotentAnswers.Add(answer);
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        return new Answer(answer, body);
    }

    private static async Task<(IdempotentAnswer Answer, byte[] Body)> RunAsync(
        HttpContext http, Func<Task<IResult>> handle, Guid caller, string call, string key, string fingerprint, Encryption encryption,
        DateTimeOffset now)
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
        return (new IdempotentAnswer
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
        }, body.ToArray());
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
            throw Problem.With(413, "request.too-large");
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
