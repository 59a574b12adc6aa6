using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
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
using PedAtt.Documents.Data;
using PedAtt.Documents.Tests.Trust;
using PedAtt.Internal;
using PedAtt.Testing;
using Gost = PedAtt.Eds.Tests.Authority;

[assembly: AssemblyFixture(typeof(PedAtt.Documents.Tests.DocumentsService))]

namespace PedAtt.Documents.Tests;

/// <summary>
/// The service as it runs, on a real PostgreSQL, object storage and virus scanner, with the test authority's
/// certificates and its day. What is decided together with Applications is System.Tests' to walk.
/// </summary>
public sealed class DocumentsService : WebApplicationFactory<Program>, IAsyncLifetime
{
    private const string InternalKey = "dGhlIHNlcnZpY2VzJyBvd24ga2V5LCAzMiBieXRlcyE=";

    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "tests" };

    private readonly At clock = new(Gost.TestAuthority.Now);
    private readonly string trust = Examiner.GostTrust();
    private string database = "";
    private TestStorage storage = null!;
    private string clamd = "";

    public Neighbours Neighbours { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var servers = await TestServers.StartAsync();
        database = await servers.PostgresAsync("documents");
        storage = servers.Storage("documents");
        clamd = servers.Clamd;
        Neighbours = await Neighbours.OpenAsync();
        await using (var db = Open())
            await db.Database.MigrateAsync();
        _ = Server;
    }

    public DocumentsDb Open() =>
        new(
            new DbContextOptionsBuilder<DocumentsDb>()
                .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                    )
                )
                .Options
        );

    /// <summary>Changes the database as nobody may: past every trigger, as its superuser.</summary>
    public async Task TamperAsync(FormattableString sql)
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlAsync($"set local session_replication_role = replica");
        Assert.NotEqual(0, await db.Database.ExecuteSqlAsync(sql));
        await transaction.CommitAsync();
    }

    public HttpClient As(Guid person)
    {
        var client = CreateClient();
        // Whoever looks at the token's times looks at the machine's clock or at the test's.
        var (earlier, later) = (
            Min(DateTime.UtcNow, clock.Now.UtcDateTime),
            Max(DateTime.UtcNow, clock.Now.UtcDateTime)
        );
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
                new SecurityTokenDescriptor
                {
                    Issuer = "http://localhost:8080",
                    Audience = "pedatt",
                    TokenType = "at+jwt",
                    IssuedAt = earlier,
                    NotBefore = earlier,
                    Expires = later.AddMinutes(30),
                    SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
                    Claims = new Dictionary<string, object>
                    {
                        ["sub"] = person.ToString(),
                        ["sid"] = Guid.CreateVersion7().ToString(),
                        ["name"] = "Сынақова Айгүл",
                        ["login"] = "test",
                        ["assignments"] = "[]",
                    },
                }
            )
        );
        return client;

        static DateTime Min(DateTime one, DateTime other) => one < other ? one : other;
        static DateTime Max(DateTime one, DateTime other) => one > other ? one : other;
    }

    public HttpClient AsService()
    {
        var client = CreateClient();
        var tokens = new ServiceTokens(
            "applications",
            new SymmetricSecurityKey(Convert.FromBase64String(InternalKey)),
            clock
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For("documents"));
        return client;
    }

    /// <summary>The teacher makes the statement.</summary>
    public async Task<JsonElement> StatementAsync(Filed filed)
    {
        using var teacher = As(filed.Teacher);
        using var answer = await teacher.PostAsync($"/api/documents/applications/{filed.Id}/statement", null);
        return await answer.ReadAsync(201);
    }

    /// <summary>The executor makes a receipt of acceptance.</summary>
    public async Task<JsonElement> ReceiptAsync(Filed filed)
    {
        using var executor = As(filed.Executor);
        using var answer = await executor.PostAsJsonAsync(
            $"/api/documents/applications/{filed.Id}/receipts",
            new { kind = "acceptance" }
        );
        return await answer.ReadAsync(201);
    }

    public async Task<byte[]> ContentAsync(JsonElement document, Guid reader)
    {
        using var client = As(reader);
        return await client.GetByteArrayAsync($"/api/documents/{document.Id()}/content");
    }

    /// <summary>Signs with the test authority's key: a statement as its teacher, a receipt as its executor.</summary>
    public async Task<JsonElement> SignAsync(JsonElement document, Filed filed)
    {
        var isStatement = document.GetProperty("kind").GetString() == "statement";
        using var signer = As(isStatement ? filed.Teacher : filed.Executor);
        using var answer = await signer.PostAsJsonAsync(
            $"/api/documents/{document.Id()}/signature",
            new { cms = await CmsAsync(document, filed) }
        );
        return await answer.ReadAsync(200);
    }

    public async Task<string> CmsAsync(JsonElement document, Filed filed)
    {
        var isStatement = document.GetProperty("kind").GetString() == "statement";
        var content = await ContentAsync(document, isStatement ? filed.Teacher : filed.Executor);
        return Cms(content, isStatement);
    }

    public static string Cms(byte[] content, bool byPerson) =>
        Convert.ToBase64String(
            new Gost.TestSignature
            {
                Signer = byPerson ? Gost.TestAuthority.Gost.Person : Gost.TestAuthority.Gost.Official,
                Content = content,
            }.Encode()
        );

    public async Task<JsonElement> VerifyAsync(JsonElement document, string? code = null)
    {
        using var anybody = CreateClient();
        using var answer = await anybody.GetAsync($"/api/documents/verify/{code ?? CodeOf(document)}");
        return await answer.ReadAsync(200);
    }

    public static string CodeOf(JsonElement document) => document.GetProperty("verifyUrl").GetString()!.Split('/')[^1];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Neighbours.DisposeAsync();
        Directory.Delete(trust, recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Outside Development no test key may sign.
        builder.UseEnvironment("Development");
        builder.UseSetting("Logging:LogLevel:Default", "None");
        builder.UseSetting("ConnectionStrings:documents", database);
        builder.UseSetting("ConnectionStrings:rabbitmq", "");
        builder.UseSetting("ConnectionStrings:storage", storage.ConnectionString);
        builder.UseSetting("ConnectionStrings:clamav", clamd);
        builder.UseSetting("PEDATT_BUCKET_PREFIX", storage.BucketPrefix);
        builder.UseSetting("PEDATT_TRUST", trust);
        builder.UseSetting("Internal:Key", InternalKey);
        foreach (var neighbour in (string[])["identity", "applications"])
            builder.UseSetting($"services:{neighbour}:http:0", Neighbours.Address);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(
                new StaticConfigurationManager<OpenIdConnectConfiguration>(
                    new OpenIdConnectConfiguration { SigningKeys = { Key } }
                )
            );
            services.AddSingleton<IEndedSessions, NoneEnded>();
        });
    }

    private sealed class NoneEnded : IEndedSessions
    {
        public ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct) => ValueTask.FromResult(false);
    }
}

public static class Answers
{
    public static Guid Id(this JsonElement document) => document.GetProperty("id").GetGuid();

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage answer, int status, string code)
    {
        var problem = await answer.ReadAsync(status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
