using System.Diagnostics;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Minio;
using Minio.DataModel.Args;
using PedAtt.ServiceDefaults.Files;

// A file of 20 MB goes to an S3 server and comes back, in turn by each of three ways, so that whatever else the machine
// does slows all of them. What is compared are the ratios within one round, and what each way allocates.
//   dotnet run -c Release --project benchmarks/Storage.Benchmarks -- 'Endpoint=http://…;AccessKey=…;SecretKey=…'
// [rounds]
var parts = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = args[0] };
var rounds = int.Parse(args.ElementAtOrDefault(1) ?? "10");
var (endpoint, access, secret) = (
    new Uri((string)parts["Endpoint"]),
    (string)parts["AccessKey"],
    (string)parts["SecretKey"]
);
const string Bucket = "pedatt-benchmark";
var folder = Directory.CreateTempSubdirectory("pedatt-benchmark");
var path = Path.Combine(folder.FullName, "twenty");
await File.WriteAllBytesAsync(path, RandomNumberGenerator.GetBytes(20 * 1024 * 1024));

using var store = new ObjectStore(args[0], Bucket);
using var aws = new AmazonS3Client(
    new BasicAWSCredentials(access, secret),
    new AmazonS3Config
    {
        ServiceURL = endpoint.ToString(),
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        BufferSize = 64 * 1024,
    }
);
using var minio = new MinioClient()
    .WithEndpoint(endpoint.Authority)
    .WithSSL(endpoint.Scheme == "https")
    .WithCredentials(access, secret)
    .WithRegion("us-east-1")
    .Build();

(string Name, Func<Guid, Stream, Task> Put, Func<Guid, Task> Get)[] ways =
[
    (
        "ObjectStore",
        (key, file) => store.PutAsync(key, file, "application/pdf", default),
        async key =>
        {
            using var stored = await store.OpenAsync(key, default);
            await stored!.Content.CopyToAsync(Stream.Null);
        }
    ),
    (
        "AWSSDK.S3",
        (key, file) =>
            aws.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = Bucket,
                    Key = key.ToString(),
                    InputStream = file,
                    AutoCloseStream = false,
                    ContentType = "application/pdf",
                    IfNoneMatch = "*",
                }
            ),
        async key =>
        {
            using var stored = await aws.GetObjectAsync(Bucket, key.ToString());
            await stored.ResponseStream.CopyToAsync(Stream.Null);
        }
    ),
    (
        "Minio alone",
        (key, file) =>
            minio.PutObjectAsync(
                new PutObjectArgs()
                    .WithBucket(Bucket)
                    .WithObject(key.ToString())
                    .WithStreamData(file)
                    .WithObjectSize(file.Length)
                    .WithContentType("application/pdf")
            ),
        key =>
            minio.GetObjectAsync(
                new GetObjectArgs()
                    .WithBucket(Bucket)
                    .WithObject(key.ToString())
                    .WithCallbackStream((content, ct) => content.CopyToAsync(Stream.Null, ct))
            )
    ),
];

var measured = new List<(int Round, string Way, string What, double Milliseconds, double Megabytes)>();

// The first rounds load code, open connections and make the bucket.
for (var round = -2; round < rounds; round++)
{
    foreach (var (name, put, get) in ways)
    {
        var key = Guid.CreateVersion7();
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            1,
            FileOptions.Asynchronous
        );
        await MeasureAsync(round, name, "upload", () => put(key, file));
        await MeasureAsync(round, name, "download", () => get(key));
    }
}
folder.Delete(recursive: true);

Console.WriteLine($"{rounds} rounds of 20 MB; medians");
Console.WriteLine("| what | by | ms | allocated, MB | time to ObjectStore's, in one round: median (least … most) |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var group in measured.Where(one => one.Round >= 0).GroupBy(one => (one.What, one.Way)))
{
    var ratios = group
        .Select(one =>
            one.Milliseconds
            / measured
                .Single(ours => ours.Round == one.Round && ours.What == one.What && ours.Way == ways[0].Name)
                .Milliseconds
        )
        .ToList();
    Console.WriteLine(
        $"| {group.Key.What} | {group.Key.Way} | {Median(group.Select(one => one.Milliseconds)):F0} | "
            + $"{Median(group.Select(one => one.Megabytes)):F1} | {Median(ratios):F2} ({ratios.Min():F2} … {ratios.Max():F2}) |"
    );
}

async Task MeasureAsync(int round, string way, string what, Func<Task> work)
{
    GC.Collect();
    var (allocated, began) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
    await work();
    var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    measured.Add((round, way, what, took, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1024.0 / 1024));
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
