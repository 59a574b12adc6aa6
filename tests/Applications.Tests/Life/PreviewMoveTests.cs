using System.Text.Json;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Life;

/// <summary>What Notifications shows before a move: the event that the move then publishes. A return needs Portfolio:
/// System.Tests.</summary>
public sealed class PreviewMoveTests(ApplicationsService service)
{
    private readonly Given given = new();

    private Task<JsonElement> AskAsync(Application application, string status, int answer = 200) =>
        service.AsService().GetAsync($"/internal/applications/{application.Id}/moves/{status}/event").JsonAsync(answer);

    [Fact]
    public async Task It_is_the_event_that_the_move_then_publishes_and_nothing_is_kept_of_it()
    {
        var application = await service.SaveAsync(given.Accepted());
        var previewed = await AskAsync(application, "sent-to-commission");
        Assert.Empty(await service.EventsOfAsync(application));

        await service.As(given.Executor).PostJsonAsync(application.Url("send-to-commission")).JsonAsync();
        var (type, body) = Assert.Single(await service.EventsOfAsync(application));
        Assert.Equal($"PedAtt.Contracts.{type}", previewed.Text("type"));
        foreach (var member in previewed.GetProperty("event").EnumerateObject().Where(member => member.Name != "at"))
            Assert.True(JsonElement.DeepEquals(member.Value, body.GetProperty(member.Name)), member.Name);
    }

    [Theory]
    [InlineData(
        "under-state-service-review",
        ApplicationStatus.UnderReview,
        "forward",
        "secretary",
        "ApplicationForwarded"
    )]
    [InlineData(
        "accepted-by-state-service",
        ApplicationStatus.UnderStateServiceReview,
        "accept",
        "executor",
        "ApplicationAccepted"
    )]
    [InlineData(
        "refused-by-state-service",
        ApplicationStatus.UnderStateServiceReview,
        "refuse",
        "executor",
        "ApplicationRefused"
    )]
    [InlineData(
        "sent-to-commission",
        ApplicationStatus.AcceptedByStateService,
        "send-to-commission",
        "executor",
        "ApplicationSentToCommission"
    )]
    public async Task It_names_the_move_whose_it_is_and_what_it_tells(
        string status,
        ApplicationStatus from,
        string action,
        string by,
        string told
    )
    {
        var preview = await AskAsync(await service.SaveAsync(given.In(from)), status);
        Assert.Equal(
            (action, by, $"PedAtt.Contracts.{told}"),
            (preview.Text("action"), preview.Text("by"), preview.Text("type"))
        );
        Assert.True(preview.GetProperty("isAllowed").GetBoolean());
    }

    [Fact]
    public async Task Where_the_table_does_not_have_it_now_there_is_no_event()
    {
        var preview = await AskAsync(await service.SaveAsync(given.UnderReview()), "sent-to-commission");
        Assert.False(preview.GetProperty("isAllowed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("event").ValueKind);
    }

    [Theory]
    [InlineData("under-review")]
    [InlineData("meets")]
    [InlineData("withdrawn")]
    [InlineData("no-such-status")]
    public async Task Its_teachers_own_moves_and_decisions_are_not_previewed(string status) =>
        await AskAsync(await service.SaveAsync(given.UnderReview()), status, 404);
}
