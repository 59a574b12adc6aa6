using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PedAtt.Internal;
using PedAtt.Portfolio.Data;
using PedAtt.Portfolio.Entries;
using PedAtt.Portfolio.Files;
using PedAtt.Testing;

[assembly: AssemblyFixture(typeof(PedAtt.Portfolio.Tests.PortfolioService))]

namespace PedAtt.Portfolio.Tests;

/// <summary>
/// The service as it runs, on a real PostgreSQL, object storage and virus scanner. Without a broker its events stay in
/// the outbox, where tests read them; what is decided together with Applications is System.Tests' to walk.
/// </summary>
public sealed class PortfolioService : WebApplicationFactory<Program>, IAsyncLifetime
{
    private const string InternalKey = "dGhlIHNlcnZpY2VzJyBvd24ga2V5LCAzMiBieXRlcyE=";

    private string database = "";
    private TestStorage storage = null!;
    private string clamd = "";

    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "tests" };

    /// <summary>Whose applications there are: what Applications answers when it is asked.</summary>
    public Filings Filings { get; private set; } = null!;

    /// <summary>The machine's clock, put forward.</summary>
    public TimeSpan Ahead { get; private init; }

    /// <summary>The same one over the same data, with another scanner or at a later time.</summary>
    public PortfolioService Again(string? scanner = null, TimeSpan ahead = default)
    {
        var again = new PortfolioService
        {
            database = database,
            storage = storage,
            clamd = scanner ?? clamd,
            Ahead = ahead,
            Filings = Filings,
        };
        _ = again.Server;
        return again;
    }

    /// <param name="connections">How many connections its pool has.</param>
    public static async Task<PortfolioService> OfItsOwnAsync(string? scanner = null, int? connections = null)
    {
        var service = new PortfolioService();
        await service.PrepareAsync();
        service.clamd = scanner ?? service.clamd;
        if (connections is not null)
            service.database += $";Maximum Pool Size={connections};Timeout=120";
        _ = service.Server;
        return service;
    }

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        _ = Server;
    }

    public PortfolioDb Open() =>
        new(
            new DbContextOptionsBuilder<PortfolioDb>()
                .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                    )
                )
                .Options
        );

    /// <summary>Takes a file in as an upload does; it belongs to nothing yet.</summary>
    public async Task<PortfolioFile> StoreAsync(Guid application, byte[] content)
    {
        var path = Path.GetTempFileName();
        await using var spool = new FileStream(
            path,
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None,
            4096,
            FileOptions.DeleteOnClose
        );
        await spool.WriteAsync(content);
        spool.Position = 0;
        await using var scope = Services.CreateAsyncScope();
        return (
            await scope
                .ServiceProvider.GetRequiredService<PortfolioWriter>()
                .StoreAsync(
                    application,
                    [
                        new UploadedFile(
                            "a.pdf",
                            "application/pdf",
                            content.Length,
                            Convert.ToHexStringLower(SHA256.HashData(content)),
                            null,
                            spool
                        ),
                    ],
                    default
                )
        )[0];
    }

    /// <summary>Fills a block with a file, as a call of the teacher's leaves it.</summary>
    public async Task<PortfolioFile> FillAsync(Guid application, string block, byte[]? content = null)
    {
        var file = await StoreAsync(application, content ?? Encoding.ASCII.GetBytes($"%PDF-1.7 {Guid.NewGuid()}"));
        await using var db = Open();
        db.Entries.Add(
            new Entry
            {
                ApplicationId = application,
                Block = block,
                Fields = new Dictionary<string, JsonElement>
                {
                    ["topic"] = JsonSerializer.SerializeToElement("Ұлы дала"),
                },
                FileIds = [file.Id],
            }
        );
        (await db.Files.FindAsync(file.Id))!.UnreferencedSince = null;
        await db.SaveChangesAsync();
        await db.RaiseVersionAsync(application, block, default);
        return file;
    }

    public async Task EmptyAsync(Guid application, string block)
    {
        await using var db = Open();
        foreach (
            var entry in await db
                .Entries.Where(entry => entry.ApplicationId == application && entry.Block == block)
                .ToListAsync()
        )
        {
            db.Entries.Remove(entry);
            foreach (var id in entry.FileIds)
                (await db.Files.FindAsync(id))!.UnreferencedSince = TimeProvider.System.Now();
        }
        await db.SaveChangesAsync();
        await db.RaiseVersionAsync(application, block, default);
    }

    public async Task<PortfolioFacts> FreezeAsync(
        Guid application,
        int version,
        string move = FreezingMoves.Submit,
        int submission = 1,
        Guid? seal = null,
        params string[] returned
    )
    {
        using var client = AsService();
        using var answer = await client.PostAsJsonAsync(
            $"/internal/portfolios/{application}/freeze",
            new PortfolioFreeze(
                seal ?? Guid.CreateVersion7(),
                version,
                move,
                submission,
                1,
                Given.Day,
                "teacher-expert",
                null,
                returned
            ),
            Json.Options
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<PortfolioFacts>(Json.Options))!;
    }

    public HttpClient AsService(string audience = "portfolio")
    {
        var client = CreateClient();
        var tokens = new ServiceTokens(
            "applications",
            new SymmetricSecurityKey(Convert.FromBase64String(InternalKey)),
            new Later(Ahead)
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(audience));
        return client;
    }

    public async Task<ScanState> ScanOfAsync(Guid file)
    {
        await using var db = Open();
        return (await db.Files.SingleAsync(row => row.Id == file)).Scan;
    }

    /// <summary>Whether the object storage holds the file's bytes.</summary>
    public async Task<byte[]?> BytesAsync(Guid file)
    {
        using var stored = await Services.GetRequiredService<ObjectStore>().OpenAsync(file, default);
        if (stored is null)
            return null;
        using var bytes = new MemoryStream();
        await stored.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.UseSetting("ConnectionStrings:portfolio", database);
        builder.UseSetting("ConnectionStrings:rabbitmq", "");
        builder.UseSetting("ConnectionStrings:storage", storage.ConnectionString);
        builder.UseSetting("ConnectionStrings:clamav", clamd);
        builder.UseSetting("PEDATT_BUCKET_PREFIX", storage.BucketPrefix);
        builder.UseSetting("Internal:Key", InternalKey);
        builder.UseSetting("services:identity:http:0", "http://127.0.0.1:9");
        builder.UseSetting("services:applications:http:0", Filings.Address);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(new Later(Ahead));
            services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(
                new StaticConfigurationManager<OpenIdConnectConfiguration>(
                    new OpenIdConnectConfiguration { SigningKeys = { Key } }
                )
            );
            services.AddSingleton<IEndedSessions, NoneEnded>();
        });
    }

    private async Task PrepareAsync()
    {
        var servers = await TestServers.StartAsync();
        database = await servers.PostgresAsync("portfolio");
        storage = servers.Storage("portfolio");
        clamd = servers.Clamd;
        Filings = await Filings.OpenAsync();
        await using var db = Open();
        await db.Database.MigrateAsync();
    }

    public HttpClient As(Guid person)
    {
        // What follows redirects keeps the whole of a body; these send it as it comes.
        var client = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        var now = DateTime.UtcNow + Ahead;
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
                new SecurityTokenDescriptor
                {
                    Issuer = "http://localhost:8080",
                    Audience = "pedatt",
                    TokenType = "at+jwt",
                    IssuedAt = DateTime.UtcNow,
                    NotBefore = DateTime.UtcNow,
                    Expires = now.AddMinutes(10),
                    SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
                    Claims = new Dictionary<string, object>
                    {
                        ["sub"] = person.ToString(),
                        ["sid"] = Guid.CreateVersion7().ToString(),
                        ["name"] = "Сейтқали Әсел",
                        ["login"] = "test",
                        ["assignments"] = "[]",
                    },
                }
            )
        );
        return client;
    }

    private sealed class NoneEnded : IEndedSessions
    {
        public ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct) => ValueTask.FromResult(false);
    }

    private sealed class Later(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
