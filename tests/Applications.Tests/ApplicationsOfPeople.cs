using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PedAtt.Internal;

namespace PedAtt.Applications.Tests;

/// <summary>
/// The service with a book of people of the tests' own making behind it, as the contract under /internal has it, and a
/// clock that tests set. That Identity keeps to the same contract is what its own tests and System.Tests walk.
/// </summary>
public sealed class ApplicationsOfPeople : ApplicationsService
{
    private readonly ConcurrentDictionary<Guid, Internal.Person> people = new();
    private readonly ConcurrentDictionary<Guid, OrganisationWithPath> organisations = new();
    private WebApplication identity = null!;
    private string address = "";

    public SetClock Clock { get; } = new(Given.Morning);

    protected override DateTime Now => Clock.Now.UtcDateTime;

    public override async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        identity = builder.Build();
        identity.MapGet("/internal/people/{id:guid}", (Guid id) => Found(people.GetValueOrDefault(id)));
        identity.MapGet("/internal/organisations/{id:guid}", (Guid id) => Found(organisations.GetValueOrDefault(id)));
        identity.MapPost(
            "/internal/people/under",
            async (HttpRequest request) =>
            {
                var asked = (await request.ReadFromJsonAsync<UnderQuery>(Json.Options))!;
                return Results.Json(
                    people
                        .Values.Where(person =>
                            person.Assignments.Any(role =>
                                asked.Roles.Contains(role.Role)
                                && organisations[role.OrganisationId].Path.Any(one => one.Id == asked.OrganisationId)
                            )
                        )
                        .Where(person => asked.After is null || person.Id.CompareTo(asked.After.Value) > 0)
                        .OrderBy(person => person.Id)
                        .Take(UnderQuery.Page)
                        .ToArray(),
                    Json.Options
                );
            }
        );
        await identity.StartAsync();
        address = identity
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        await base.InitializeAsync();

        static IResult Found(object? thing) => thing is null ? Results.NotFound() : Results.Json(thing, Json.Options);
    }

    /// <summary>Somebody whom Identity knows, with the roles that they have here.</summary>
    public Person Knows(
        Person person,
        Given given,
        string? iin = null,
        bool proven = true,
        DateTimeOffset? registeredAt = null
    )
    {
        var path = given
            .Path.Select(one => new Internal.Organisation(
                one.Id,
                one.ParentId,
                KebabCase.Of(one.Level),
                one.Kind,
                one.NameKk,
                one.NameRu,
                one.Bin,
                one.Kato,
                one.Subordination,
                one.Version
            ))
            .ToArray();
        for (var i = 0; i < path.Length; i++)
            organisations[path[i].Id] = new(path[i], path[i..]);
        people[person.Id] = new(
            person.Id,
            $"login-{person.Id:N}",
            iin ?? Iins.Next(),
            person.Name,
            "Сейтқали",
            "Әсел",
            null,
            "x@example.kz",
            "+77001234567",
            "ru",
            [.. person.Assignments.Select(role => new PersonAssignment(role.Role, role.OrganisationId, role.Level))],
            proven,
            registeredAt ?? Given.Morning.AddYears(-1)
        );
        return person;
    }

    public string IinOf(Person person) => people[person.Id].Iin;

    public void Prove(Person person) => people[person.Id] = people[person.Id] with { Proven = true };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("services:identity:http:0", address);
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await identity.DisposeAsync();
    }
}

/// <summary>Says what the test set, and lets timers run as they do.</summary>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>IINs of births in the nineteenth century: no living person's.</summary>
public static class Iins
{
    private static int next = Random.Shared.Next(100_000);

    public static string Next()
    {
        while (true)
        {
            var stem = $"85061510{Interlocked.Increment(ref next) % 1000:D3}";
            var born = $"{60 + (next / 1000 % 40):D2}{stem[2..]}";
            for (var control = 0; control < 10; control++)
                if (Iin.IsValid(born + control))
                    return born + control;
        }
    }
}

public static class CsvCalls
{
    public static Task<HttpResponseMessage> ImportAsync(
        this HttpClient client,
        string path,
        string heading,
        params string[] lines
    ) => client.PostAsync(path, new StringContent(string.Join('\n', [heading, .. lines]), Encoding.UTF8, "text/csv"));
}
