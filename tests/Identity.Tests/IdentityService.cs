using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using PedAtt.Demonstration;
using PedAtt.Identity.Tests;
using PedAtt.Testing;

[assembly: AssemblyFixture(typeof(IdentityService))]

namespace PedAtt.Identity.Tests;

/// <summary>
/// The service as it runs, on Kestrel, a real PostgreSQL and a real mail server, with the demonstration set for its
/// people. Whoever moves the clock takes a <see cref="OfItsOwnAsync"/>.
/// </summary>
public sealed class IdentityService : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string InternalKey = "dGhlIHNlcnZpY2VzJyBvd24ga2V5LCAzMiBieXRlcyE=";

    /// <summary>The keys of the demonstration that the first service made: no database changes them, and to make them
    /// is work.</summary>
    private static string? madeKeys;

    private static int addresses;

    private readonly string folder = Directory.CreateTempSubdirectory("pedatt-identity-").FullName;

    // One for all clients of a service: hundreds of them come and go.
    private readonly SocketsHttpHandler http = new() { AllowAutoRedirect = false, UseCookies = false };

    private Uri? at;
    private string? database;
    private string? smtp;

    public Clock Clock { get; } = new();

    public string Data => folder;

    public string DemoKeys => Path.Combine(folder, "demo-keys");

    public string Trust => Path.Combine(folder, "trust");

    private string Environment { get; init; } = "Development";

    private Action<IServiceCollection>? With { get; init; }

    /// <summary>Another one with a database of its own, whose clock nobody else looks at.</summary>
    /// <param name="environment">Production: nothing is made for it.</param>
    /// <param name="smtp">A mail server of its own.</param>
    public static async Task<IdentityService> OfItsOwnAsync(
        string environment = "Development",
        string? smtp = null,
        Action<IServiceCollection>? with = null
    )
    {
        var service = new IdentityService
        {
            Environment = environment,
            smtp = smtp,
            With = with,
        };
        await service.InitializeAsync();
        return service;
    }

    /// <summary>A second process over the same database and folder.</summary>
    public async Task<IdentityService> ReplicaAsync()
    {
        var replica = new IdentityService
        {
            database = database,
            smtp = smtp,
            Environment = Environment,
            With = With,
        };
        Directory.Delete(replica.folder);
        Directory.CreateSymbolicLink(replica.folder, folder);
        await replica.InitializeAsync();
        return replica;
    }

    public async ValueTask InitializeAsync()
    {
        var servers = await TestServers.StartAsync();
        smtp ??= servers.Smtp;
        if (database is null)
        {
            // Where the machine is busy they wait for their turn instead of giving up.
            database = await DatabaseAsync(servers);
            if (madeKeys is not null && Environment == "Development")
                CopyKeys();
        }
        UseKestrel(0);
        // It waits for the program in this thread, which the pool, small on a small machine, would lack.
        await Task.Factory.StartNew(StartServer, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (Environment == "Development")
            await FillAsync();
        at = new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        madeKeys ??= DemoKeys;
    }

    /// <summary>A new one, migrated. One service that all tests share must not fail them all because its server was
    /// busy for a moment.</summary>
    private static async Task<string> DatabaseAsync(TestServers servers)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Where the machine is busy they wait for their turn instead of giving up.
                var made = $"{await servers.PostgresAsync("identity")};Timeout=120;Command Timeout=120";
                await using var db = Open(made);
                await db.Database.MigrateAsync();
                return made;
            }
            catch (NpgsqlException) when (attempt < 20)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>As the AppHost has it done by tools/Demonstration.</summary>
    private async Task FillAsync()
    {
        await using var db = Open();
        await using var scope = Services.CreateAsyncScope();
        await DemonstrationSet.MakeAsync(
            db,
            scope.ServiceProvider.GetRequiredService<IPasswordHasher<User>>(),
            Clock,
            DemoKeys,
            Trust
        );
    }

    private void CopyKeys()
    {
        Directory.CreateDirectory(DemoKeys);
        foreach (
            var file in Directory.GetFiles(madeKeys!, "*.p12").Concat(Directory.GetFiles(madeKeys!, "*.gost.json"))
        )
            File.Copy(file, Path.Combine(DemoKeys, Path.GetFileName(file)));
    }

    public IdentityDb Open() => Open(database!);

    private static IdentityDb Open(string database) =>
        new(
            new DbContextOptionsBuilder<IdentityDb>()
                .UseNpgsql(database, npgsql => npgsql.MigrationsHistoryTable("migrations_history"))
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        Microsoft.EntityFrameworkCore.Diagnostics.RelationalEventId.PendingModelChangesWarning
                    )
                )
                .Options
        );

    /// <summary>Somebody at an address of their own, as the gateway tells it.</summary>
    public HttpClient From(string? address = null)
    {
        var number = Interlocked.Increment(ref addresses);
        var client = NewClient();
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
        var client = NewClient();
        var tokens = new ServiceTokens(
            "portfolio",
            new SymmetricSecurityKey(Convert.FromBase64String(InternalKey)),
            TimeProvider.System
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.For(audience));
        return client;
    }

    public async Task<Guid> OrganisationAsync(string level = "organisation")
    {
        await using var db = Open();
        return (await db.Organisations.OrderBy(one => one.Id).FirstAsync(one => one.Level == level)).Id;
    }

    /// <summary>A registered person of the demonstration's tree.</summary>
    public async Task<Newcomer> RegisteredAsync(
        string role = "teacher",
        string level = "organisation",
        Newcomer? with = null
    )
    {
        using var administrator = await AsAdministratorAsync();
        var newcomer = with ?? new Newcomer();
        var issued = await administrator
            .PostAsync(
                "logins",
                new
                {
                    role,
                    organisationId = await OrganisationAsync(level),
                    newcomer.Iin,
                }
            )
            .JsonAsync(201);
        newcomer = newcomer with { Login = issued.Text("login")! };
        using var client = From();
        var made = await client.PostAsync("registrations", newcomer).JsonAsync(201);
        return newcomer with { Id = made.GetProperty("id").GetGuid() };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        http.Dispose();
        if (new DirectoryInfo(folder).LinkTarget is not null)
        {
            File.Delete(folder);
            return;
        }
        Directory.Delete(folder, recursive: true);
        // The server that all tests share has so many connections and no more.
        await using var db = Open();
        await db.Database.EnsureDeletedAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        builder.UseSetting("ConnectionStrings:identity", database);
        builder.UseSetting("ConnectionStrings:rabbitmq", "");
        builder.UseSetting("ConnectionStrings:smtp", smtp);
        builder.UseSetting("Mail:SendTimeout", "00:00:02");
        builder.UseSetting("Internal:Key", InternalKey);
        builder.UseSetting("PEDATT_DATA", folder);
        builder.UseSetting("PEDATT_TRUST", Trust);
        // Whom Identity asks whose signature it is; nobody is there.
        builder.UseSetting("services:documents:http:0", "http://127.0.0.1:9");
        builder.UseSetting("PEDATT_PUBLIC_URL", "https://pedatt.example");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            // Hundreds of people sign in here, and nobody steals their passwords.
            services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
            With?.Invoke(services);
        });
    }

    // Not CreateClient: its list of clients is not made for tests that run side by side.
    private HttpClient NewClient() => new(http, disposeHandler: false) { BaseAddress = at };
}

/// <summary>The machine's clock, put forward or stopped.</summary>
public sealed class Clock : TimeProvider
{
    private long ahead;
    private DateTimeOffset? stopped;

    public void PutForward(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    /// <summary>From now on it goes only where it is put.</summary>
    public void Stop() => stopped = base.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => (stopped ?? base.GetUtcNow()).AddTicks(Interlocked.Read(ref ahead));
}
