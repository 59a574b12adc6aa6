using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PedAtt.Documents.Data;
using PedAtt.Documents.Register;
using PedAtt.Documents.Signing;
using PedAtt.Documents.Trust;
using PedAtt.Eds;
using PedAtt.Testing;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Documents.Tests.Trust;

/// <summary>A signature that nobody could be asked about waits until somebody answers; then its verdict says so, and
/// why.</summary>
public sealed class RevocationWatchTests : IAsyncLifetime
{
    private static readonly Gost.TestAuthority Ca = Gost.TestAuthority.Gost;
    private static readonly DateTimeOffset Received = Gost.TestAuthority.Now;

    private readonly string trust = Examiner.GostTrust();
    private readonly At clock = new(Received);
    private readonly ServiceCollection services = new();
    private Responder responder = null!;
    private ServiceProvider provider = null!;
    private SignatureExaminer examiner = null!;
    private RevocationWatch watch = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await (await TestServers.StartAsync()).PostgresAsync("documents");
        services.AddDbContext<DocumentsDb>(options =>
            options
                .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                    )
                )
        );
        provider = services.BuildServiceProvider();
        await using (var db = Open())
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        responder = await Responder.StartAsync();
        examiner = Examiner.Over(trust, clock, responder.OcspAddress, null, UnavailableRule.Waits);
        watch = new(
            provider.GetRequiredService<IServiceScopeFactory>(),
            examiner,
            clock,
            NullLogger<RevocationWatch>.Instance
        );
    }

    public async ValueTask DisposeAsync()
    {
        await responder.DisposeAsync();
        await provider.DisposeAsync();
        Directory.Delete(trust, recursive: true);
    }

    [Fact]
    public async Task Silence_keeps_it_waiting_less_and_less_often_and_writes_nothing_down()
    {
        var id = await SignedAsync();
        Assert.False(await watch.AskNextAsync(TestContext.Current.CancellationToken));

        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync();
        var signature = await LoadAsync(id);
        Assert.Equal((SignatureVerdict.Pending, clock.Now.AddMinutes(1)), (signature.Verdict, signature.AskAgainAt));
        clock.Now += TimeSpan.FromHours(20);
        await AskAsync();
        Assert.Equal(clock.Now.AddHours(1), (await LoadAsync(id)).AskAgainAt);
        Assert.Single(await VerificationsAsync(id));
    }

    [Fact]
    public async Task Good_makes_it_valid_and_is_kept_with_its_answer()
    {
        var id = await SignedAsync();
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce);
        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync();

        var signature = await LoadAsync(id);
        Assert.Equal((SignatureVerdict.Valid, null, true), (signature.Verdict, signature.Reason, signature.Counts));
        Assert.Equal(Received.AddHours(24), signature.AskAgainAt);
        var verifications = await VerificationsAsync(id);
        Assert.Equal([SignatureVerdict.Pending, SignatureVerdict.Valid], verifications.Select(one => one.Verdict));
        Assert.Equal(clock.Now, verifications[1].At);

        // Once more after a day, and then no more.
        clock.Now = Received.AddHours(25);
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce, thisUpdate: clock.Now);
        File.WriteAllBytes(
            Path.Combine(trust, "root.crl"),
            Gost.TestAuthority.Crl(Ca.Root, nextUpdate: clock.Now.AddDays(2))
        );
        await AskAsync();
        signature = await LoadAsync(id);
        Assert.Equal((SignatureVerdict.Valid, null), (signature.Verdict, signature.AskAgainAt));
        Assert.False(await watch.AskNextAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Revoked_before_it_signed_it_is_invalid_with_the_reason_and_no_longer_counts()
    {
        var id = await SignedAsync();
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, Received.AddMinutes(-30), nonce: nonce);
        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync();

        var signature = await LoadAsync(id);
        Assert.Equal(
            (SignatureVerdict.Invalid, "signature.revoked", false, null),
            (signature.Verdict, signature.Reason, signature.Counts, signature.AskAgainAt)
        );
        // Nothing is taken away: the signature and what was found stay.
        Assert.NotNull(signature.Cms);
        Assert.Null(signature.ReplacedAt);
        Assert.Equal(
            [SignatureVerdict.Pending, SignatureVerdict.Invalid],
            (await VerificationsAsync(id)).Select(one => one.Verdict)
        );
    }

    [Fact]
    public async Task Revoked_after_it_was_received_it_stays_valid()
    {
        var id = await SignedAsync();
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, Received.AddMinutes(1), nonce: nonce);
        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync();
        Assert.Equal(SignatureVerdict.Valid, (await LoadAsync(id)).Verdict);
    }

    [Fact]
    public async Task An_authority_taken_out_of_the_trust_folder_undoes_nothing()
    {
        var id = await SignedAsync();
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce);
        File.Delete(Path.Combine(trust, "root.cer"));
        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync();
        Assert.Equal(SignatureVerdict.Pending, (await LoadAsync(id)).Verdict);
    }

    [Fact]
    public async Task What_was_found_can_neither_be_changed_nor_deleted()
    {
        await SignedAsync();
        await using var db = Open();
        foreach (
            var sql in (string[])
                [
                    "update verifications set verdict = 'valid'",
                    "delete from verifications",
                    "delete from evidence_parts",
                    "truncate evidence_parts",
                ]
        )
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
                db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken)
            );
    }

    [Fact]
    public async Task The_evidence_of_both_examinations_is_one_bundle_that_verifies()
    {
        var id = await SignedAsync();
        responder.Ocsp = nonce => Ca.Ocsp(Ca.Person, nonce: nonce);
        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync();
        await using var db = Open();
        var signature = await LoadAsync(id);
        var content = (
            await db.DocumentContents.SingleAsync(
                row => row.DocumentId == signature.DocumentId,
                TestContext.Current.CancellationToken
            )
        ).Content;
        var (verifications, parts) = await db.EvidenceAsync([id], TestContext.Current.CancellationToken);

        var bundle = Eds.Evidence.EvidenceBundle.Read(
            new MemoryStream(EvidenceFile.Of(content, [signature], verifications, parts))
        );

        Assert.Equal(content, bundle.Document);
        var kept = Assert.Single(bundle.Signatures);
        Assert.Equal(
            [VerdictResult.Waiting, VerdictResult.Valid],
            kept.Examinations.Select(one => bundle.Examine(kept, one, [Ca.Root.Certificate]).Result)
        );
        Assert.All(kept.Examinations, one => Assert.Equal(one.Record.Checks, bundle.Examine(kept, one).Checks));
    }

    /// <summary>A receipt signed while the responder was silent.</summary>
    private async Task<Guid> SignedAsync()
    {
        await using var db = Open();
        // Tests of a class come one after another, over one database: what a former one left is not asked about.
        await db.Signatures.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.AskAgainAt, (DateTimeOffset?)null),
            TestContext.Current.CancellationToken
        );
        var content = System.Text.Encoding.UTF8.GetBytes($"%PDF-1.7 {Guid.NewGuid()}");
        var document = new Document
        {
            ApplicationId = Guid.CreateVersion7(),
            Kind = DocumentKind.Statement,
            Number = "2027-000001-S1",
            EditVersion = 1,
            Submission = 0,
            Code = Guid.NewGuid().ToString("N"),
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)),
            CreatedAt = Received,
            CreatedById = Guid.CreateVersion7(),
            Reasons = [],
        };
        var signature = new Signature
        {
            DocumentId = document.Id,
            Method = SignatureMethod.Cms,
            SignerId = document.CreatedById,
            SignerName = "Сынақова Айгүл Сынаққызы",
            SignerRole = "teacher",
            OrganisationKk = "Мектеп",
            OrganisationRu = "Школа",
            At = Received,
            Cms = new Gost.TestSignature { Signer = Ca.Person, Content = content }.Encode(),
        };
        var examined = await examiner.RequireAsync(
            signature.Id,
            content,
            signature.Cms,
            new(Gost.TestAuthority.Iin, null),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(SignatureVerdict.Pending, examined.Verdict);
        (signature.Verdict, signature.Reason, signature.AskAgainAt) = (
            examined.Verdict,
            examined.Reason,
            examined.AskAgainAt
        );
        db.Documents.Add(document);
        db.DocumentContents.Add(new DocumentContent { DocumentId = document.Id, Content = content });
        db.Signatures.Add(signature);
        await db.InTransactionAsync(
            async () =>
            {
                await db.KeepAsync(examined.Verification, examined.Parts, TestContext.Current.CancellationToken);
                await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken
        );
        return signature.Id;
    }

    private async Task AskAsync() => Assert.True(await watch.AskNextAsync(TestContext.Current.CancellationToken));

    private async Task<Signature> LoadAsync(Guid id)
    {
        await using var db = Open();
        return await db.Signatures.SingleAsync(one => one.Id == id, TestContext.Current.CancellationToken);
    }

    private async Task<List<Verification>> VerificationsAsync(Guid id)
    {
        await using var db = Open();
        return await db
            .Verifications.Where(one => one.SignatureId == id)
            .OrderBy(one => one.Id)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private DocumentsDb Open() => provider.CreateScope().ServiceProvider.GetRequiredService<DocumentsDb>();
}
