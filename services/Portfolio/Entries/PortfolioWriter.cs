using PedAtt.Internal;
using PedAtt.Portfolio.Access;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Files;

namespace PedAtt.Portfolio.Entries;

/// <summary>
/// The frame of every change of a portfolio: judged by what Applications answers, files taken in, then written behind the fence
/// that no move can overtake (docs/decisions).
/// </summary>
public sealed class PortfolioWriter(
    PortfolioDb db, ApplicationsClient applications, FileStorage storage, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <param name="rule">Throws if the change is not allowed; asked again when a move came in between.</param>
    /// <param name="write">The change, made under the fence over the portfolio as it is then; its result goes out.</param>
    public Task<T> WriteAsync<T>(
        Guid applicationId, Action<ApplicationAccess> rule, Func<ApplicationAccess, PortfolioState, Task<T>> write, CancellationToken ct)
    {
        ApplicationAccess judged = null!;
        return Fence.WriteAsync(
            db, applicationId,
            async settle =>
            {
                judged = await applications.AccessAsync(applicationId, ct, settle);
                rule(judged);
                return judged.Facts.Version;
            },
            async () => await write(judged, await db.StateAsync(applicationId, judged.Facts.Claim(), ct)), ct);
    }

    /// <summary>
    /// Scans and stores the files. Their rows are committed first, on their own, so that the sweeper finds what a crash or a
    /// refusal leaves behind; they belong to nothing until an entry holds them.
    /// </summary>
    public async Task<IReadOnlyList<PortfolioFile>> StoreAsync(
        Guid applicationId, IReadOnlyList<UploadedFile> uploaded, CancellationToken ct)
    {
        if (uploaded.Count == 0)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<PortfolioDb>();
        var files = uploaded.Select(file => new PortfolioFile
        {
            Id = Guid.CreateVersion7(),
            ApplicationId = applicationId,
            Name = file.Name,
            ContentType = file.ContentType!,
            Size = file.Size,
            Sha256 = file.Sha256,
            UnreferencedSince = clock.Now(),
        }).ToArray();
        own.Files.AddRange(files);
        await own.SaveChangesAsync(ct);
        foreach (var (file, content) in files.Zip(uploaded))
            file.Scan = await storage.StoreAsync(file.Id, content, ct);
        await own.SaveChangesAsync(ct);
        return files;
    }

    /// <summary>Lets go of files that no entry holds any more: swept after a day, if no submission names them.</summary>
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
