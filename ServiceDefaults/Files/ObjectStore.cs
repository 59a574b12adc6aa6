using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;
using Polly;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>A part of an object that is being read; dispose of it to let the connection go.</summary>
/// <param name="From">The first byte that <paramref name="Content"/> holds.</param>
public sealed record StoredObject(Stream Content, long From, long Length, IDisposable Response) : IDisposable
{
    public void Dispose() => Response.Dispose();
}

/// <summary>
/// A service's own bucket in the object storage: the only file that knows S3. An object is made once and never written
/// again; only a service's sweeper deletes. Minio's client makes the bucket, deletes, and signs addresses; the bytes go
/// over these addresses by HttpClient, because the client itself holds a whole object in memory and can neither read a
/// part nor refuse to write over (docs/decisions).
/// </summary>
public sealed class ObjectStore : IDisposable
{
    /// <summary>How long a signed address is good for: as far as the two clocks may be apart.</summary>
    private static readonly int Signed = (int)TimeSpan.FromMinutes(15).TotalSeconds;

    private readonly HttpClient http;
    private readonly IMinioClient minio;
    private readonly string bucket;
    private readonly SemaphoreSlim making = new(1);
    private volatile bool exists;

    /// <param name="connection"><c>Endpoint=http://…;AccessKey=…;SecretKey=…</c></param>
    public ObjectStore(string connection, string bucket)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        var endpoint = new Uri((string)parts["Endpoint"]);
        this.bucket = bucket;
        // Every call may be repeated: a new object has a new key, and is never written over.
        var repeat = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(
                new HttpRetryStrategyOptions
                {
                    MaxRetryAttempts = 3,
                    Delay = TimeSpan.FromMilliseconds(100),
                    BackoffType = DelayBackoffType.Exponential,
                }
            )
            .Build();
        var connections = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        http = new HttpClient(new ResilienceHandler(repeat) { InnerHandler = connections })
        {
            Timeout = TimeSpan.FromSeconds(60),
        };
        minio = new MinioClient()
            .WithEndpoint(endpoint.Authority)
            .WithSSL(endpoint.Scheme == "https")
            .WithCredentials((string)parts["AccessKey"], (string)parts["SecretKey"])
            .WithRegion("us-east-1")
            .WithHttpClient(http)
            .Build();
    }

    /// <summary>Stores a new object from the stream's position on.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public Task PutAsync(Guid key, Stream content, string contentType, CancellationToken ct) =>
        AvailableAsync(
            async () =>
            {
                await MakeBucketAsync(ct);
                long? size = content.CanSeek ? content.Length - content.Position : null;
                var address = await minio.PresignedPutObjectAsync(
                    new PresignedPutObjectArgs().WithBucket(bucket).WithObject(NameOf(key)).WithExpiry(Signed)
                );
                // Not disposed of: that would close the caller's stream.
                var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StreamContent(content) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
                request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
                using var response = await http.SendAsync(request, ct);
                // It was written before, and its answer was lost on the way: the repetition finds what it brings.
                if (response.StatusCode == HttpStatusCode.PreconditionFailed && await SizeAsync(key, ct) == size)
                    return true;
                response.EnsureSuccessStatusCode();
                return true;
            },
            ct
        );

    /// <summary>Opens the object from byte <paramref name="from"/> on, <paramref name="length"/> bytes or all; null
    /// where there is none.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public Task<StoredObject?> OpenAsync(Guid key, CancellationToken ct, long from = 0, long? length = null) =>
        AvailableAsync<StoredObject?>(
            async () =>
            {
                var address = await minio.PresignedGetObjectAsync(
                    new PresignedGetObjectArgs().WithBucket(bucket).WithObject(NameOf(key)).WithExpiry(Signed)
                );
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                if (from > 0 || length is not null)
                    request.Headers.Range = new RangeHeaderValue(from, from + length - 1);
                var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
                if (response.IsSuccessStatusCode)
                    return new StoredObject(
                        await response.Content.ReadAsStreamAsync(ct),
                        from,
                        response.Content.Headers.ContentLength!.Value,
                        response
                    );
                using (response)
                    return response.StatusCode == HttpStatusCode.NotFound
                        ? null
                        : throw new HttpRequestException(
                            "The object storage did not give the object.",
                            null,
                            response.StatusCode
                        );
            },
            ct
        );

    /// <summary>Deletes the object; one that is not there is as good as deleted.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public Task DeleteAsync(Guid key, CancellationToken ct) =>
        AvailableAsync(
            async () =>
            {
                await minio.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(bucket).WithObject(NameOf(key)), ct);
                return true;
            },
            ct
        );

    public void Dispose()
    {
        minio.Dispose();
        http.Dispose();
        making.Dispose();
    }

    /// <summary>Spread over the id's random end, so that one moment's files do not all lie side by side.</summary>
    private static string NameOf(Guid key) => $"{key:N}"[^2..] + $"/{key}";

    private async Task MakeBucketAsync(CancellationToken ct)
    {
        if (exists)
            return;
        await making.WaitAsync(ct);
        try
        {
            exists = exists || await ExistsAsync(ct);
            if (!exists)
                await minio.MakeBucketAsync(new MakeBucketArgs().WithBucket(bucket), ct);
            exists = true;
        }
        catch (MinioException) when (!ct.IsCancellationRequested)
        {
            // Another replica may have been faster.
            if (!(exists = await ExistsAsync(ct)))
                throw;
        }
        finally
        {
            making.Release();
        }
    }

    private async Task<long> SizeAsync(Guid key, CancellationToken ct) =>
        (await minio.StatObjectAsync(new StatObjectArgs().WithBucket(bucket).WithObject(NameOf(key)), ct)).Size;

    private Task<bool> ExistsAsync(CancellationToken ct) =>
        minio.BucketExistsAsync(new BucketExistsArgs().WithBucket(bucket), ct);

    /// <summary>Where the storage cannot be reached the caller hears 503, and nothing is half-written.</summary>
    private static async Task<T> AvailableAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception e)
            when (e
                    is HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError }
                        or MinioException
                        {
                            ServerResponse: null or { StatusCode: >= HttpStatusCode.InternalServerError }
                        }
                        or OperationCanceledException
                && !ct.IsCancellationRequested
            )
        {
            throw Problem.Unavailable();
        }
    }
}
