using Microsoft.EntityFrameworkCore;
using PedAtt.Documents.Data;
using PedAtt.Documents.Signing;

namespace PedAtt.Documents.Trust;

/// <summary>
/// Asks whether a certificate was revoked until somebody answers, and once more later. What comes out is written down
/// and shown with the document; no move that was made on the signature is undone by it: that is for people.
/// </summary>
public sealed class RevocationWatch(
    IServiceScopeFactory scopes,
    SignatureExaminer examiner,
    TimeProvider clock,
    ILogger<RevocationWatch> log
) : Worker(TimeSpan.FromSeconds(10), clock, log)
{
    /// <summary>Another replica leaves a signature alone that long; then its asker has died.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    protected override Task<bool> RoundAsync(CancellationToken ct) => AskNextAsync(ct);

    /// <returns>False when there is nobody to ask about now.</returns>
    public async Task<bool> AskNextAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DocumentsDb>();
        if (await TakeAsync(db, ct) is not { } signature)
            return false;
        var content = await db
            .DocumentContents.AsNoTracking()
            .Where(row => row.DocumentId == signature.DocumentId)
            .Select(row => row.Content)
            .SingleAsync(ct);
        var former = await db
            .Verifications.AsNoTracking()
            .Where(one => one.SignatureId == signature.Id)
            .OrderBy(one => one.Id)
            .LastOrDefaultAsync(ct);
        // Nothing is asked while the row is locked: the authority may be slow, and the signature's owner is not to wait
        // for it.
        var examined = former is null ? null : await examiner.AgainAsync(content, signature.Cms!, former, ct);
        await db.InTransactionAsync(
            async () =>
            {
                signature = await db
                    .Signatures.FromSql($"select * from signatures where id = {signature.Id} for update")
                    .SingleAsync(ct);
                await db.Entry(signature).ReloadAsync(ct);
                signature.AskAgainAt = examined?.AskAgainAt;
                if (examined is { IsAnswered: false } or { Verdict: SignatureVerdict.Pending })
                {
                    // The longer it has been silent, the less often it is asked; nothing new is known, so nothing is
                    // written down.
                    var now = Clock.Now();
                    signature.AskAgainAt =
                        now
                        + Shorter(
                            LongestPause,
                            Longer(examined.AskAgainAt - now ?? LongestPause, (now - signature.At) / 10)
                        );
                }
                else if (examined is not null)
                {
                    (signature.Verdict, signature.Reason) = (examined.Verdict, examined.Reason);
                    await db.KeepAsync(examined.Verification, examined.Parts, ct);
                }
                await db.SaveChangesAsync(ct);
            },
            ct
        );
        return true;
    }

    /// <summary>The next one, put off for the others.</summary>
    private async Task<Signature?> TakeAsync(DocumentsDb db, CancellationToken ct) =>
        await db.InTransactionAsync(
            async () =>
            {
                var now = Clock.Now();
                var signature = await db
                    .Signatures.FromSql(
                        $"select * from signatures where ask_again_at <= {now} order by ask_again_at limit 1 for update skip locked"
                    )
                    .SingleOrDefaultAsync(ct);
                if (signature is not null)
                {
                    signature.AskAgainAt = now + Turn;
                    await db.SaveChangesAsync(ct);
                }
                return signature;
            },
            ct
        );

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
