using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
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
using PedAtt.Testing;

[assembly: AssemblyFixture(typeof(PedAtt.Notifications.Tests.NotificationsService))]

namespace PedAtt.Notifications.Tests;

/// <summary>
/// The service as it runs, on a real PostgreSQL, RabbitMQ and mail server. Tokens are signed by the tests' own key.
/// </summary>
public sealed class NotificationsService : WebApplicationFactory<Program>, IAsyncLifetime
{
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "tests" };

    private readonly ConcurrentDictionary<Guid, bool> ended = new();
    private bool isReplica;
    private string mail = "";

    /// <summary>Another replica: the same database, broker, people and (unless said otherwise) mail server.</summary>
    public static async Task<NotificationsService> ReplicaAsync(NotificationsService of, string? smtp = null)
    {
        var replica = new NotificationsService
        {
            isReplica = true,
            Database = of.Database,
            Broker = of.Broker,
            Smtp = smtp,
            People = of.People,
        };
        await replica.InitializeAsync();
        return replica;
    }

    public string Database { get; private set; } = "";

    public string Broker { get; private set; } = "";

    /// <summary>Null: the tests' mail server.</summary>
    public string? Smtp { get; init; }

    public People People { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        mail = Smtp ?? (await TestServers.StartAsync()).Smtp;
        if (!isReplica)
        {
            var servers = await TestServers.StartAsync();
            Database = await servers.PostgresAsync("notifications");
            Broker = await servers.RabbitAsync("notifications");
            People = await People.OpenAsync();
            await using var db = Open();
            await db.Database.MigrateAsync();
        }
        _ = Server;
        await Services
            .GetRequiredService<IBusControl>()
            .WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
    }

    public NotificationsDb Open() => Open(Database);

    public static NotificationsDb Open(string database) =>
        new(
            new DbContextOptionsBuilder<NotificationsDb>()
                .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                    )
                )
                .Options
        );

    /// <summary>
    /// What the person was told once they were told as much as expected, and nothing has come after it for a moment.
    /// </summary>
    public async Task<List<Notification>> ToldAsync(Guid person, int expected = 1)
    {
        for (var tries = 0; ; tries++)
        {
            await using var db = Open();
            var rows = await db
                .Notifications.AsNoTracking()
                .Where(row => row.PersonId == person)
                .OrderBy(row => row.Sequence)
                .ToListAsync();
            if (rows.Count >= expected || tries == 300)
                return rows;
            await Task.Delay(100);
        }
    }

    public async Task PublishAsync(object @event, Guid? id = null)
    {
        var messageId = id ?? NewId.NextGuid();
        await Services
            .GetRequiredService<IBus>()
            .Publish(@event, @event.GetType(), Pipe.Execute<PublishContext>(context => context.MessageId = messageId));
    }

    public HttpClient As(Guid person, params Assignment[] assignments) =>
        As(person, Guid.CreateVersion7(), assignments);

    public HttpClient As(Guid person, Guid session, params Assignment[] assignments)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TokenOf(person, session, assignments));
        return client;
    }

    public void End(Guid session) => ended[session] = true;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("ConnectionStrings:notifications", Database);
        builder.UseSetting("ConnectionStrings:rabbitmq", Broker);
        builder.UseSetting("ConnectionStrings:smtp", mail);
        builder.UseSetting("Internal:Key", Convert.ToBase64String(new byte[32]));
        builder.UseSetting("services:identity:http:0", People.Address);
        builder.UseSetting("services:applications:http:0", People.Address);
        builder.UseSetting("services:portfolio:http:0", People.Address);
        builder.UseSetting("Mail:Waits:0", "00:00:00.100");
        builder.UseSetting("Mail:Waits:1", "00:00:00.100");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IConfigurationManager<OpenIdConnectConfiguration>>(
                new StaticConfigurationManager<OpenIdConnectConfiguration>(
                    new OpenIdConnectConfiguration { SigningKeys = { Key } }
                )
            );
            services.AddSingleton<IEndedSessions>(new Ended(ended));
        });
    }

    private static string TokenOf(Guid person, Guid session, Assignment[] assignments) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "http://localhost:8080",
                Audience = "pedatt",
                TokenType = "at+jwt",
                IssuedAt = DateTime.UtcNow,
                NotBefore = DateTime.UtcNow,
                Expires = DateTime.UtcNow.AddMinutes(10),
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = person.ToString(),
                    ["sid"] = session.ToString(),
                    ["name"] = "Сейтқали Әсел",
                    ["login"] = "test",
                    ["assignments"] = JsonSerializer.Serialize(assignments, Json.Options),
                },
            }
        );

    private sealed class Ended(ConcurrentDictionary<Guid, bool> sessions) : IEndedSessions
    {
        public ValueTask<bool> ContainsAsync(Guid sessionId, CancellationToken ct) =>
            ValueTask.FromResult(sessions.ContainsKey(sessionId));
    }
}
