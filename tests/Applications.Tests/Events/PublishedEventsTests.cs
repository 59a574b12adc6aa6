namespace PedAtt.Applications.Tests.Events;

/// <summary>Which move tells what; those that need other services' facts are in System.Tests.</summary>
public sealed class PublishedEventsTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task Sending_to_the_commission_and_deciding_are_told()
    {
        var application = await service.SaveAsync(given.Accepted());
        await service.As(given.Executor).PostJsonAsync(application.Url("send-to-commission")).JsonAsync();
        await service
            .As(given.Chair)
            .PostJsonAsync(
                application.Url("decide"),
                new
                {
                    outcome = "meets",
                    protocolNumber = "7",
                    protocolDate = "2027-03-15",
                }
            )
            .JsonAsync();

        var events = await service.EventsOfAsync(application);
        Assert.Equal(["ApplicationSentToCommission", "ApplicationDecided"], events.Select(one => one.Type));
        Assert.All(events, one => Assert.Equal(given.District.Id.ToString(), one.Body.Text("decidingOrganisationId")));
        Assert.Equal(
            [application.Version + 1, application.Version + 2],
            events.Select(one => one.Body.GetProperty("version").GetInt32())
        );
        Assert.Equal(
            given.Path.Select(one => one.Id.ToString()),
            events[1].Body.GetProperty("organisationPath").Texts()
        );
        Assert.Equal("педагог-сарапшы", events[1].Body.GetProperty("awardedCategory").Text("kk"));
    }

    [Fact]
    public async Task A_deleted_draft_and_a_withdrawal_are_told_apart()
    {
        var draft = await service.SaveAsync(given.New());
        await service.As(given.Teacher).DeleteAsync(draft.Url()).JsonAsync(204);
        Assert.Equal("ApplicationDeleted", Assert.Single(await service.EventsOfAsync(draft)).Type);

        var refused = await service.SaveAsync(given.Refused());
        await service.As(given.Teacher).DeleteAsync(refused.Url()).JsonAsync(204);
        var withdrawn = Assert.Single(await service.EventsOfAsync(refused));
        Assert.Equal(
            ("ApplicationWithdrawn", "refused-by-state-service"),
            (withdrawn.Type, withdrawn.Body.Text("from"))
        );
    }

    [Fact]
    public async Task A_refused_move_tells_nothing()
    {
        var application = await service.SaveAsync(given.SentToCommission());
        await service.As(given.Executor).PostJsonAsync(application.Url("send-to-commission")).RefusalAsync();
        Assert.Empty(await service.EventsOfAsync(application));
    }
}
