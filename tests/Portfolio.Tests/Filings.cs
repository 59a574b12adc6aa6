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

namespace PedAtt.Portfolio.Tests;

/// <summary>
/// A book of who has filed what and what of it is open, behind HTTP, as the contract under /internal has it. That
/// Applications keeps to the same contract is what System.Tests walks.
/// </summary>
public sealed class Filings : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<Guid, ApplicationFacts> applications = new();
    private readonly ConcurrentDictionary<Guid, int> questions = new();

    private Filings(WebApplication app) => this.app = app;

    public string Address =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Filings> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var book = new Filings(builder.Build());
        book.app.MapPost(
            "/internal/applications/{id:guid}/access",
            async (Guid id, HttpRequest request) =>
            {
                book.questions.AddOrUpdate(id, 1, (_, count) => count + 1);
                var caller = (await request.ReadFromJsonAsync<Caller>(Json.Options))!;
                return
                    book.applications.TryGetValue(id, out var facts)
                    && (facts.TeacherId == caller.UserId || facts.OrganisationId == caller.UserId)
                    ? Results.Json(
                        new ApplicationAccess(
                            facts.TeacherId == caller.UserId,
                            [facts.TeacherId == caller.UserId ? Roles.Teacher : Roles.Secretary],
                            [],
                            facts
                        ),
                        Json.Options
                    )
                    : Results.NotFound();
            }
        );
        await book.app.StartAsync();
        return book;
    }

    /// <summary>A draft of this teacher's.</summary>
    public ApplicationFacts File(Guid teacher)
    {
        var term = new Term("teacher-expert", "x", "x", "x");
        var facts = new ApplicationFacts(
            Guid.CreateVersion7(),
            "2027-000123",
            1,
            1,
            "new",
            teacher,
            "Сейтқали Әсел",
            Guid.CreateVersion7(),
            [],
            "district",
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Openness.Full,
            [],
            new(
                2027,
                Given.Day,
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
                DateTimeOffset.UnixEpoch
            )
        );
        return applications[facts.Id] = facts;
    }

    /// <summary>Whoever asks under this id is its secretary.</summary>
    public Guid OrganisationOf(Guid application) => applications[application].OrganisationId;

    /// <summary>How often it was asked who may do what with the application.</summary>
    public int QuestionsAbout(Guid application) => questions.GetValueOrDefault(application);

    public ApplicationFacts Of(Guid application) => applications[application];

    public void Change(Guid application, Func<ApplicationFacts, ApplicationFacts> change) =>
        applications[application] = change(applications[application]);

    /// <summary>Its teacher has sent it, under the seal of a freeze, and the secretary looks at it.</summary>
    public void Submit(Guid application, Guid snapshot) =>
        Change(
            application,
            facts =>
                facts with
                {
                    Status = "under-review",
                    Work = [ApplicationWork.ReviewBlocks],
                    Version = facts.Version + 1,
                    Open = Openness.Closed,
                    Submissions =
                    [
                        .. facts.Submissions,
                        new(
                            facts.Submissions.Count + 1,
                            snapshot,
                            facts.EditVersion,
                            DateTimeOffset.UnixEpoch,
                            Forwarded: false
                        ),
                    ],
                }
        );

    /// <summary>The secretary has sent it back for these blocks.</summary>
    public void Return(Guid application, params string[] blocks) =>
        Change(
            application,
            facts =>
                facts with
                {
                    Status = "returned-for-revision",
                    Work = [],
                    Version = facts.Version + 1,
                    Open = new Openness(false, blocks),
                }
        );

    public void Delete(Guid application) => applications.TryRemove(application, out _);

    public void Lock(Guid application) =>
        applications[application] = applications[application] with { Open = Openness.Closed };

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
