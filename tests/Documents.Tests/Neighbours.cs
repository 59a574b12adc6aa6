using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PedAtt.Internal;
using Gost = PedAtt.Eds.Tests.Authority;

namespace PedAtt.Documents.Tests;

/// <summary>
/// What Applications and Identity answer, behind HTTP, as the contract under /internal has it. That they keep to the
/// same contract is what System.Tests walks: the real Applications needs Identity, Portfolio and Documents beside it to
/// make one move.
/// </summary>
public sealed class Neighbours : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<Guid, Filed> applications = new();
    private readonly ConcurrentDictionary<Guid, Person> people = new();
    private readonly ConcurrentDictionary<Guid, int> questions = new();

    private Neighbours(WebApplication app) => this.app = app;

    public string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Neighbours> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var neighbours = new Neighbours(builder.Build());
        neighbours.app.MapPost(
            "/internal/applications/{id:guid}/access",
            async (Guid id, HttpRequest request) =>
            {
                neighbours.questions.AddOrUpdate(id, 1, (_, count) => count + 1);
                var caller = (await request.ReadFromJsonAsync<Caller>(Json.Options))!.UserId;
                return neighbours.applications.TryGetValue(id, out var filed) && filed.RoleOf(caller) is { } role
                    ? Results.Json(
                        new ApplicationAccess(role == Roles.Teacher, [role], [role], filed.Facts),
                        Json.Options
                    )
                    : Results.NotFound();
            }
        );
        neighbours.app.MapGet(
            "/internal/applications/{id:guid}",
            (Guid id) =>
                neighbours.applications.TryGetValue(id, out var filed)
                    ? Results.Json(filed.Facts, Json.Options)
                    : Results.NotFound()
        );
        neighbours.app.MapGet(
            "/internal/people/{id:guid}",
            (Guid id) =>
                neighbours.people.TryGetValue(id, out var person)
                    ? Results.Json(person, Json.Options)
                    : Results.NotFound()
        );
        neighbours.app.MapGet(
            "/internal/organisations/{id:guid}",
            (Guid id) =>
                Results.Json(
                    new OrganisationWithPath(Given.District with { Id = id, Bin = Gost.TestAuthority.Bin }, []),
                    Json.Options
                )
        );
        await neighbours.app.StartAsync();
        return neighbours;
    }

    /// <summary>An application that its teacher may edit.</summary>
    public Filed File(string? about = "Ведущий учитель района.", string name = "Сынақова Айгүл Сынаққызы")
    {
        var (teacher, secretary, executor) = (Add(name), Add("Қасымова Гүлнар"), Add("Бекова Айжан"));
        var filed = new Filed(
            Given.Application(about) with
            {
                TeacherId = teacher.Id,
                TeacherName = name,
            },
            teacher.Id,
            secretary.Id,
            executor.Id
        );
        applications[filed.Id] = filed;
        filed.Open();
        return filed;
    }

    /// <summary>How often it was asked who may do what with the application.</summary>
    public int QuestionsAbout(Guid application) => questions.GetValueOrDefault(application);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Everybody's key is the test authority's: the teacher's a person's, the executor's an
    /// official's.</summary>
    private Person Add(string name)
    {
        var id = Guid.CreateVersion7();
        return people[id] = new(
            id,
            "login",
            Gost.TestAuthority.Iin,
            name,
            name,
            name,
            null,
            "x@example.kz",
            "+77011234567",
            "kk",
            []
        );
    }
}

/// <summary>An application in the state that a test puts it into.</summary>
public sealed class Filed(ApplicationFacts facts, Guid teacher, Guid secretary, Guid executor)
{
    public ApplicationFacts Facts { get; private set; } = facts with { Id = Guid.CreateVersion7() };

    public Guid Id => Facts.Id;

    public Guid Teacher => teacher;

    public Guid Secretary => secretary;

    public Guid Executor => executor;

    public string? RoleOf(Guid person) =>
        person == teacher ? Roles.Teacher
        : person == secretary ? Roles.Secretary
        : person == executor ? Roles.Executor
        : null;

    public void Open() => Facts = Facts with { Status = "new", Open = Openness.Full, Submissions = [] };

    public void Edit() => Facts = Facts with { Version = Facts.Version + 1, EditVersion = Facts.Version + 1 };

    /// <summary>Sent, forwarded, and with the state service.</summary>
    public void Forward() =>
        Facts = Facts with
        {
            Status = "under-state-service-review",
            Work = [ApplicationWork.SignReceipt],
            Open = Openness.Closed,
            Version = Facts.Version + 2,
            Submissions = [new(1, Guid.CreateVersion7(), Facts.EditVersion, Gost.TestAuthority.Now, Forwarded: true)],
        };

    /// <summary>The state service has answered.</summary>
    public void Answer(string status) => Facts = Facts with { Status = status, Work = [], Version = Facts.Version + 1 };
}
