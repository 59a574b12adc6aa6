namespace PedAtt.ServiceDefaults.Files;

/// <summary>Takes a received file into the service's bucket: scanned, then stored under a key that is new.</summary>
public sealed class FileStorage(ObjectStore store, Scanner scanner)
{
    /// <summary>Scans and stores the file. An infected one is not stored.</summary>
    /// <returns>Clean, or pending where the scanner gave no answer in time.</returns>
    /// <exception cref="Problem">422 file.infected, 503 service.unavailable</exception>
    public async Task<ScanState> StoreAsync(Guid key, UploadedFile file, CancellationToken ct)
    {
        var scan = await scanner.ScanAsync(file.Content, Scanner.Patience, ct);
        if (scan == ScanState.Infected)
            throw Problem.With(422, SharedCodes.FileInfected);
        file.Content.Position = 0;
        await store.PutAsync(key, file.Content, file.ContentType!, ct);
        return scan;
    }
}

public static class FileStorageSetup
{
    /// <summary>The service's own bucket (<c>{PEDATT_BUCKET_PREFIX}-{name}</c>) and the scanner.</summary>
    public static void AddFileStorage(this IHostApplicationBuilder builder, string name)
    {
        builder.Services.AddSingleton(_ => new ObjectStore(
            builder.Configuration.GetConnectionString("storage")
                ?? throw new InvalidOperationException("ConnectionStrings:storage is not set."),
            $"{builder.Configuration["PEDATT_BUCKET_PREFIX"] ?? "pedatt"}-{name}"
        ));
        builder.Services.AddSingleton(services => new Scanner(
            new Uri(
                builder.Configuration.GetConnectionString("clamav")
                    ?? throw new InvalidOperationException("ConnectionStrings:clamav is not set.")
            ),
            services.GetRequiredService<ILogger<Scanner>>()
        ));
        builder.Services.AddSingleton<FileStorage>();
    }
}
