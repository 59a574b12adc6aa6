using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PedAtt.Internal;

namespace PedAtt.Notifications.Tests;

/// <summary>
/// A book of people and what they have filed, behind HTTP, as the contract under /internal has it, for tests that need
/// people of their own making. That Identity keeps to the same contract is what System.Tests walks.
/// </summary>
public sealed class People : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<Guid, Person> people = new();

    private readonly ConcurrentDictionary<Guid, ApplicationFacts> applications = new();

    private readonly ConcurrentDictionary<(Guid, string), MovePreview> moves = new();

    private People(WebApplication app) => this.app = app;

    public string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<People> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var book = new People(builder.Build());
        book.app.MapGet(
            "/internal/people/{id:guid}",
            (Guid id) =>
                book.people.TryGetValue(id, out var person) ? Results.Json(person, Json.Options) : Results.NotFound()
        );
        book.app.MapPost(
            "/internal/people/in-role",
            async (HttpRequest request) =>
            {
                var asked = (await request.ReadFromJsonAsync<InRoleQuery>(Json.Options))!;
                return Results.Json(
                    asked
                        .OrganisationIds.Select(organisation =>
                            book.people.Values.Where(person =>
                                    person.Assignments.Any(held =>
                                        held.Role == asked.Role && held.OrganisationId == organisation
                                    )
                                )
                                .ToArray()
                        )
                        .FirstOrDefault(found => found.Length > 0)
                        ?? [],
                    Json.Options
                );
            }
        );
        book.app.MapGet(
            "/internal/applications/{id:guid}",
            (Guid id) =>
                book.applications.TryGetValue(id, out var facts)
                    ? Results.Json(facts, Json.Options)
                    : Results.NotFound()
        );
        book.app.MapPost(
            "/internal/applications/{id:guid}/access",
            async (Guid id, HttpRequest request) =>
            {
                var caller = (await request.ReadFromJsonAsync<Caller>(Json.Options))!;
                return book.applications.TryGetValue(id, out var facts) && AccessOf(facts, caller) is { } access
                    ? Results.Json(access, Json.Options)
                    : Results.NotFound();
            }
        );
        book.app.MapGet(
            "/internal/applications/{id:guid}/moves/{status}/event",
            (Guid id, string status) =>
                book.moves.TryGetValue((id, status), out var move)
                    ? Results.Json(move, Json.Options)
                    : Results.NotFound()
        );
        await book.app.StartAsync();
        return book;
    }

    public Person Add(string role, Guid organisation, string language = "ru")
    {
        var id = Guid.CreateVersion7();
        var person = new Person(
            id,
            $"login-{id:N}",
            "850615100017",
            "Сейтқали Әсел Маратқызы",
            "Сейтқали",
            "Әсел",
            "Маратқызы",
            $"{id:N}@school.example.kz",
            "+77001234567",
            language,
            [new PersonAssignment(role, organisation, "organisation")]
        );
        return people[id] = person;
    }

    /// <summary>What a move to the status of this kind would tell now, as Applications would say; null: its time is not
    /// now.</summary>
    public void WouldTell(Given given, string kind, string by, object? told)
    {
        var status = kind["application.".Length..];
        moves[(given.Application, status)] = new(
            status.StartsWith("refused", StringComparison.Ordinal) ? "refuse" : "a move",
            by,
            told is not null,
            told?.GetType().FullName,
            told is null ? null : JsonSerializer.SerializeToElement(told, told.GetType(), Json.Options)
        );
    }

    public void Filed(Given given)
    {
        var term = new Term("x", "x", "x", "x");
        applications[given.Application] = new(
            given.Application,
            given.Number,
            2,
            1,
            "under-review",
            given.Teacher,
            "Сейтқали Әсел",
            given.School,
            given.Path,
            "district",
            given.District,
            given.District,
            Openness.Closed,
            [],
            new(
                2027,
                new(2026, 11, 20),
                term,
                "учитель",
                "мұғалім",
                term,
                null,
                null,
                term,
                "x@example.kz",
                "+77001234567",
                [],
                false,
                null,
                "Мектеп",
                "Школа",
                Given.Morning
            )
        );
    }

    public void Also(Person person, string role, Guid organisation) =>
        people[person.Id] = person with
        {
            Assignments = [.. person.Assignments, new PersonAssignment(role, organisation, "district")],
        };

    /// <summary>The owner, and whoever holds a role on the application's path; null for others.</summary>
    private static ApplicationAccess? AccessOf(ApplicationFacts facts, Caller caller)
    {
        string[] held =
        [
            .. caller
                .Assignments.Where(one => facts.OrganisationPath.Contains(one.OrganisationId))
                .Select(one => one.Role),
        ];
        var owner = facts.TeacherId == caller.UserId;
        return owner || held.Length > 0 ? new(owner, owner ? ["teacher"] : held, held, facts) : null;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
