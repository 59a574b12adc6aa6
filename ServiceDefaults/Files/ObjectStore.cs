using System.Data.Common;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace PedAtt.ServiceDefaults.Files;

/// <summary>A part of an object that is being read; dispose of it to let the connection go.</summary>
/// <param name="From">The first byte that <paramref name="Content"/> holds.</param>
public sealed record StoredObject(Stream Content, long From, long Length, IDisposable Response) : IDisposable
{
    public void Dispose() => Response.Dispose();
}

/// <summary>
/// A service's own bucket in the object storage: the only file that knows S3. An object is made once and never written again;
/// only a service's sweeper deletes.
/// </summary>
public sealed class ObjectStore : IDisposable
{
    private readonly AmazonS3Client s3;
    private readonly string bucket;
    private readonly SemaphoreSlim making = new(1);
    private volatile bool exists;

    /// <param name="connection"><c>Endpoint=http://…;AccessKey=…;SecretKey=…</c></param>
    public ObjectStore(string connection, string bucket)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connection };
        this.bucket = bucket;
        s3 = new AmazonS3Client(
            new BasicAWSCredentials((string)parts["AccessKey"], (string)parts["SecretKey"]),
            new AmazonS3Config
            {
                ServiceURL = (string)parts["Endpoint"],
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                // Not every S3 server knows the SDK's newer checksums (docs/decisions).
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
                BufferSize = 64 * 1024,
                MaxErrorRetry = 3,
                Timeout = TimeSpan.FromSeconds(60),
            });
    }

    /// <summary>Stores a new object from the stream's position on.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task PutAsync(Guid key, Stream content, string contentType, CancellationToken ct)
    {
        await AvailableAsync(async () =>
        {
            await MakeBucketAsync(ct);
            return await s3.PutObjectAsync(new PutObjectRequest
            {
                BucketName = bucket,
                Key = NameOf(key),
                InputStream = content,
                AutoCloseStream = false,
                ContentType = contentType,
                IfNoneMatch = "*",
            }, ct);
        });
    }

    /// <summary>Opens the object from byte <paramref name="from"/> on, <paramref name="length"/> bytes or all; null where there is none.</summary>
    /// <exception cref="Problem">503 service.unavailable</exception>
    public async Task<StoredObject?> OpenAsync(Guid key, CancellationToken ct, long from = 0, long? length = null)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = NameOf(key) };
        if (from > 0 || length is not null)
            request.ByteRange = length is null ? new ByteRange($"bytes={from}-") : new ByteRange(from, from + length.Value - 1);
        var response = await AvailableAsync(async () =>
        {
            try
            {
                return await s3.GetObjectAsync(request, ct);
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
        });
        return response is null ? null : new StoredObject(response.ResponseStream, from, response.ContentLength, response);
    }

    /// <summary>Deletes the object; one that is not there is as good as deleted.</summary>
    public async Task DeleteAsync(Guid key, CancellationToken ct) =>
        await AvailableAsync(() => s3.DeleteObjectAsync(bucket, NameOf(key), ct));

    public void Dispose()
    {
        s3.Dispose();
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
            await s3.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, ct);
            exists = true;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
            exists = true;
        }
        finally
        {
            making.Release();
        }
    }

    /// <summary>Where the storage cannot be reached the caller hears 503, and nothing is half-written.</summary>
    private static async Task<T> AvailableAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is HttpRequestException or AmazonServiceException { StatusCode: 0 or >= (HttpStatusCode)500 }
            or AmazonClientException { InnerException: HttpRequestException or IOException })
        {
            throw Problem.Unavailable();
        }
    }
}
