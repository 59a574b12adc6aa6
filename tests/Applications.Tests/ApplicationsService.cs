using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using PedAtt.Applications.Data;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Testing;

[assembly: AssemblyFixture(typeof(PedAtt.Applications.Tests.ApplicationsService))]

namespace PedAtt.Applications.Tests;

/// <summary>
/// The service as it runs, on a real PostgreSQL. No other service stands beside it: what crosses to one is
/// System.Tests' to walk, and here it shows what happens when none can be reached. Without a broker its events stay in
/// the outbox, where tests read them. Tokens are signed by the tests' own key.
/// </summary>
public class ApplicationsService : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string InternalKey = "dGhlIHNlcnZpY2VzJyBvd24ga2V5LCAzMiBieXRlcyE=";

    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "tests" };

    public string Database { get; private set; } = "";

    /// <summary>The broker's address; none here.</summary>
    protected string Broker { get; set; } = "";

    public virtual async ValueTask InitializeAsync()
    {
        var servers = await TestServers.StartAsync();
        Database = await servers.PostgresAsync("applications");
        await using var db = Open(Database);
        await db.Database.MigrateAsync();
    }

    /// <summary>By the service's clock.</summary>
    protected virtual DateTime Now => DateTime.UtcNow;

    public ApplicationsDb Open() => Open(Database);

    public static ApplicationsDb Open(string database) =>
        new(
            new DbContextOptionsBuilder<ApplicationsDb>()
                .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                    )
                )
                .Options
        );

    /// <summary>Keeps an application and the organisations that it comes from.</summary>
    public async Task<Application> SaveAsync(Application application)
    {
        await using var db = Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.KeepAsync(Given.PathOf(application), default);
        db.ChangeTracker.Clear();
        db.Entry(application.Organisation).State = EntityState.Unchanged;
        db.Applications.Add(application);
        db.Entry(application.Organisation).State = EntityState.Unchanged;
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return application;
    }

    /// <summary>What was published about an application, oldest first, as type and body.</summary>
    public async Task<IReadOnlyList<(string Type, JsonElement Body)>> EventsOfAsync(Application application)
    {
        await using var db = Open();
        var messages = await db.OutboxMessages.OrderBy(message => message.Id).ToListAsync();
        return
        [
            .. messages
                .Select(message => (message.Type.Split('.')[^1], JsonSerializer.Deserialize<JsonElement>(message.Body)))
                .Where(message =>
                    message.Item2.TryGetProperty("applicationId", out var id) && id.GetGuid() == application.Id
                ),
        ];
    }

    public HttpClient As(Person person)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TokenOf(person));
        return client;
    }

    /// <summary>A client of another service, on /internal.</summary>
    public HttpClient AsService(string audience = "applications")
    {
        var client = CreateClient();
        var tokens = new ServiceTokens(
            "portfolio",
            new SymmetricSecurityKey(Convert.FromBase64String(InternalKey)),
            TimeProvider.System
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(audience));
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.UseSetting("ConnectionStrings:applications", Database);
        builder.UseSetting("ConnectionStrings:rabbitmq", Broker);
        builder.UseSetting("Internal:Key", InternalKey);
        foreach (var other in (string[])["identity", "portfolio", "documents"])
            builder.UseSetting($"services:{other}:http:0", "http://127.0.0.1:9");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(
                new StaticConfigurationManager<OpenIdConnectConfiguration>(
                    new OpenIdConnectConfiguration { SigningKeys = { Key } }
                )
            );
            services.AddSingleton<IEndedSessions, NoneEnded>();
            services.PostConfigure<JwtBearerOptions>(
                JwtBearerDefaults.AuthenticationScheme,
                jwt => jwt.RequireHttpsMetadata = false
            );
        });
    }

    private string TokenOf(Person person) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "http://localhost:8080",
                Audience = "pedatt",
                TokenType = "at+jwt",
                IssuedAt = Now,
                NotBefore = Now,
                Expires = Now.AddMinutes(10),
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = person.Id.ToString(),
                    ["sid"] = Guid.CreateVersion7().ToString(),
                    ["name"] = person.Name,
                    ["login"] = "test",
                    ["assignments"] = JsonSerializer.Serialize(person.Assignments, Json.Options),
                },
            }
        );

    private sealed class NoneEnded : IEndedSessions
    {
        public ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct) => ValueTask.FromResult(false);
    }
}

public sealed record Person(Guid Id, string Name, params Assignment[] Assignments)
{
    public Actor Actor => new(Id, Name);

    public static Person In(string role, Organisation organisation, string name = "Сейтқали Әсел") =>
        new(Guid.CreateVersion7(), name, new Assignment(role, organisation.Id, KebabCase.Of(organisation.Level)));

    /// <summary>The same person with one more role.</summary>
    public Person And(string role, Organisation organisation) =>
        new(Id, Name, [.. Assignments, new Assignment(role, organisation.Id, KebabCase.Of(organisation.Level))]);
}
