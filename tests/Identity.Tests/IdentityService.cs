using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using PedAtt.Identity.Data;
using PedAtt.Identity.Demonstration;
using PedAtt.Identity.Tests;
using PedAtt.ServiceDefaults;
using PedAtt.Testing;

[assembly: AssemblyFixture(typeof(IdentityService))]

namespace PedAtt.Identity.Tests;

/// <summary>
/// The service as it runs, on Kestrel, a real PostgreSQL and a real mail server, with the demonstration set for its people.
/// Whoever moves the clock takes a <see cref="OfItsOwnAsync"/>.
/// </summary>
public sealed class IdentityService : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string InternalKey = "dGhlIHNlcnZpY2VzJyBvd24ga2V5LCAzMiBieXRlcyE=";

    private static int addresses;

    private readonly string folder = Directory.CreateTempSubdirectory("pedatt-identity-").FullName;
    private string? database;
    private string smtp = "";

    public Clock Clock { get; } = new();

    public string Data => folder;

    public string DemoKeys => Path.Combine(folder, "demo-keys");

    public string Trust => Path.Combine(folder, "trust");

    /// <summary>Where it is empty, the service runs as in production: nothing is made for it.</summary>
    public string Environment { get; private init; } = "Development";

    /// <summary>Another one with a database of its own, whose clock nobody else looks at.</summary>
    public static async Task<IdentityService> OfItsOwnAsync(string environment = "Development")
    {
        var service = new IdentityService { Environment = environment };
        await service.InitializeAsync();
        return service;
    }

    /// <summary>A second process over the same database and folder.</summary>
    public async Task<IdentityService> ReplicaAsync()
    {
        var replica = new IdentityService { database = database };
        Directory.Delete(replica.folder);
        Directory.CreateSymbolicLink(replica.folder, folder);
        await replica.InitializeAsync();
        return replica;
    }

    public async ValueTask InitializeAsync()
    {
        var servers = await TestServers.StartAsync();
        smtp = servers.Smtp;
        if (database is null)
        {
            database = await servers.PostgresAsync("identity");
            await using var db = Open();
            await db.Database.MigrateAsync();
        }
        UseKestrel(0);
        StartServer();
    }

    public IdentityDb Open() => new(new DbContextOptionsBuilder<IdentityDb>()
        .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
        .ConfigureWarnings(warnings => warnings.Ignore(
            Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning))
        .Options);

    /// <summary>Somebody at an address of their own, as the gateway tells it.</summary>
    public HttpClient From(string? address = null)
    {
        var number = Interlocked.Increment(ref addresses);
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address ?? $"10.1.{number / 250}.{(number % 250) + 1}");
        return client;
    }

    public async Task<HttpClient> AsAsync(string login, string password = DemonstrationSet.Password)
    {
        var client = From();
        var pair = await client.SignInAsync(login, password).JsonAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", pair.Text("accessToken"));
        return client;
    }

    public Task<HttpClient> AsAdministratorAsync() => AsAsync("demo-admin");

    /// <summary>A client of another service, on /internal.</summary>
    public HttpClient AsService(string audience = "identity")
    {
        var client = CreateClient();
        var tokens = new ServiceTokens("portfolio", new SymmetricSecurityKey(Convert.FromBase64String(InternalKey)), TimeProvider.System);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(audience));
        return client;
    }

    public async Task<Guid> OrganisationAsync(string level = "organisation")
    {
        await using var db = Open();
        return (await db.Organisations.OrderBy(one => one.Id).FirstAsync(one => one.Level == level)).Id;
    }

    /// <summary>A registered person of the demonstration's tree.</summary>
    public async Task<Newcomer> RegisteredAsync(string role = "teacher", string level = "organisation", Newcomer? with = null)
    {
        using var administrator = await AsAdministratorAsync();
        var newcomer = with ?? new Newcomer();
        var issued = await administrator.PostAsync("logins", new
        {
            role,
            organisationId = await OrganisationAsync(level),
            newcomer.Iin,
        }).JsonAsync(201);
        newcomer = newcomer with { Login = issued.Text("login")! };
        using var client = From();
        var made = await client.PostAsync("registrations", newcomer).JsonAsync(201);
        return newcomer with { Id = made.GetProperty("id").GetGuid() };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (new DirectoryInfo(folder).LinkTarget is null)
            Directory.Delete(folder, recursive: true);
        else
            File.Delete(folder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.UseSetting("ConnectionStrings:identity", database);
        builder.UseSetting("ConnectionStrings:rabbitmq", "");
        builder.UseSetting("ConnectionStrings:smtp", smtp);
        builder.UseSetting("Internal:Key", InternalKey);
        builder.UseSetting("PEDATT_DATA", folder);
        builder.UseSetting("PEDATT_TRUST", Trust);
        builder.UseSetting("PEDATT_PUBLIC_URL", "https://pedatt.example");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }
}

/// <summary>The machine's clock, put forward.</summary>
public sealed class Clock : TimeProvider
{
    private long ahead;

    public void PutForward(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));
}
