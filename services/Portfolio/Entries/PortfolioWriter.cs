using PedAtt.Internal;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Entries;

/// <summary>
/// The frame of every change of a portfolio: judged by what Applications answers, files taken in, then written behind
/// the fence that no move can overtake (docs/decisions).
/// </summary>
public sealed class PortfolioWriter(
    PortfolioDb db,
    ApplicationsClient applications,
    FileStorage storage,
    IServiceScopeFactory scopes,
    TimeProvider clock
)
{
    /// <param name="access">What Applications answered at the beginning of the call.</param>
    /// <param name="rule">Throws if the change is not allowed; asked again where a move came in between.</param>
    /// <param name="write">The change, made behind the fence; its result goes out.</param>
    public async Task<T> WriteAsync<T>(
        ApplicationAccess access,
        Action<ApplicationAccess> rule,
        Func<ApplicationAccess, Task<T>> write,
        CancellationToken ct
    )
    {
        rule(access);
        return await Fence.WriteAsync(
            db,
            access.Facts.Id,
            access.Facts.Version,
            async () =>
            {
                access = await applications.AccessAsync(access.Facts.Id, ct, settle: true);
                rule(access);
                return access.Facts.Version;
            },
            () => write(access),
            ct
        );
    }

    /// <summary>
    /// Scans and stores the files. Their rows are committed first, on their own, so that the sweeper finds what a crash
    /// or a refusal leaves behind; they belong to nothing until an entry holds them.
    /// </summary>
    public async Task<IReadOnlyList<PortfolioFile>> StoreAsync(
        Guid applicationId,
        IReadOnlyList<UploadedFile> uploaded,
        CancellationToken ct
    )
    {
        if (uploaded.Count == 0)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        await Quotas.RequireRoomAsync(own, applicationId, uploaded.Sum(file => file.Size), ct);
        var files = uploaded
            .Select(file => new PortfolioFile
            {
                Id = Guid.CreateVersion7(),
                ApplicationId = applicationId,
                Name = file.Name,
                ContentType = file.ContentType!,
                Size = file.Size,
                Sha256 = file.Sha256,
                Active = file.Active,
                UnreferencedSince = clock.Now(),
            })
            .ToArray();
        own.Files.AddRange(files);
        await own.SaveChangesAsync(ct);
        foreach (var (file, content) in files.Zip(uploaded))
            file.Scan = await storage.StoreAsync(file.Id, content, ct);
        await own.SaveChangesAsync(ct);
        return files;
    }

    /// <summary>Lets go of files that no entry holds any more: swept after a day, if no submission names
    /// them.</summary>
    public async Task DetachAsync(IEnumerable<Guid> fileIds, CancellationToken ct)
    {
        foreach (var id in fileIds)
            (await db.Files.FindAsync([id], ct))!.UnreferencedSince = clock.Now();
    }

    public async Task AttachAsync(IEnumerable<PortfolioFile> files, CancellationToken ct)
    {
        foreach (var file in files)
            (await db.Files.FindAsync([file.Id], ct))!.UnreferencedSince = null;
    }
}
