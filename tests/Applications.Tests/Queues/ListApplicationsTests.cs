using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Queues;

public sealed class ListApplicationsTests(ApplicationsService service)
{
    private const string Applications = "/api/applications";

    private readonly Given given = new();

    /// <summary>Another teacher of the same school with an application in this status.</summary>
    private Task<Application> SaveOfAnotherAsync(ApplicationStatus status, string name = "Ахметова Айгүл") =>
        service.SaveAsync(given.OfAnotherTeacher(name).In(status));

    [Fact]
    public async Task Everybody_finds_what_their_role_sees_and_nothing_more()
    {
        var all = new Dictionary<ApplicationStatus, string>();
        foreach (
            var status in Enum.GetValues<ApplicationStatus>()
                .Where(status => status != ApplicationStatus.ReturnedForRevision)
        )
            all[status] = (await SaveOfAnotherAsync(status)).Id.ToString();
        await service.SaveAsync(new Given().UnderReview());

        await FindsAsync(
            given.Secretary,
            status => status is not (ApplicationStatus.New or ApplicationStatus.Withdrawn)
        );
        await FindsAsync(
            Person.In(Roles.Secretary, given.District),
            status => status is not (ApplicationStatus.New or ApplicationStatus.Withdrawn)
        );
        await FindsAsync(
            given.Executor,
            status =>
                status is not (ApplicationStatus.New or ApplicationStatus.Withdrawn or ApplicationStatus.UnderReview)
        );
        foreach (var commission in (Person[])[given.Chair, given.Member])
            await FindsAsync(
                commission,
                status =>
                    status
                        is ApplicationStatus.SentToCommission
                            or ApplicationStatus.Meets
                            or ApplicationStatus.DoesNotMeet
                            or ApplicationStatus.OneLevelLower
            );
        await FindsAsync(Person.In(Roles.Executor, given.Region), _ => false);
        await FindsAsync(Person.In(Roles.CommissionChair, given.School), _ => false);
        await FindsAsync(Person.In(Roles.Administrator, given.Republic), _ => false);
        await FindsAsync(Person.In(Roles.Head, given.School), _ => false);

        async Task FindsAsync(Person person, Func<ApplicationStatus, bool> expected) =>
            Assert.Equal(
                all.Where(pair => expected(pair.Key)).Select(pair => pair.Value).Order(),
                (await service.As(person).GetAsync(Applications).JsonAsync()).Ids().Order()
            );
    }

    [Fact]
    public async Task Pages_follow_each_other_and_miss_and_repeat_nothing()
    {
        var expected = new List<string>();
        for (var i = 0; i < 7; i++)
            expected.Add(
                (
                    await SaveOfAnotherAsync(
                        i % 2 == 0 ? ApplicationStatus.UnderReview : ApplicationStatus.SentToCommission
                    )
                ).Id.ToString()
            );
        var secretary = service.As(given.Secretary.And(Roles.CommissionChair, given.District));
        var found = new List<string?>();
        string? next = "";
        do
        {
            var page = await secretary
                .GetAsync($"{Applications}?limit=3{(next is "" ? "" : "&after=" + next)}")
                .JsonAsync();
            found.AddRange(page.Ids());
            next = page.Text("next");
        } while (next is not null);
        Assert.Equal(expected.Order(), found.Order());
        Assert.Equal(3, (await secretary.GetAsync($"{Applications}?limit=3").JsonAsync()).Ids().Length);
    }

    [Fact]
    public async Task Filters_narrow_what_is_found()
    {
        var application = await SaveOfAnotherAsync(ApplicationStatus.UnderReview);
        var other = await service.SaveAsync(
            given.OfAnotherTeacher("Б").SentToCommission(Given.Fields("teacher-moderator", null, 2028))
        );
        var secretary = service.As(given.Secretary);
        await FindsAsync("status=under-review", application);
        await FindsAsync("status=under-review&status=sent-to-commission", application, other);
        await FindsAsync("status=new");
        await FindsAsync("year=2028", other);
        await FindsAsync("category=teacher-expert", application);
        await FindsAsync($"number={application.Number}", application);
        await FindsAsync($"organisationId={given.School.Id}", application, other);
        await FindsAsync($"organisationId={given.Region.Id}", application, other);
        await FindsAsync($"organisationId={new Given().School.Id}");
        await FindsAsync($"organisationId={Guid.Empty}");

        async Task FindsAsync(string filter, params Application[] expected) =>
            Assert.Equal(
                expected.Select(one => one.Id.ToString()).Order(),
                (await secretary.GetAsync($"{Applications}?{filter}").JsonAsync()).Ids().Order()
            );
    }

    [Fact]
    public async Task What_the_state_service_lets_wait_says_so_and_can_be_asked_for()
    {
        var overdue = await SaveOfAnotherAsync(ApplicationStatus.UnderStateServiceReview);
        var other = given.OfAnotherTeacher("Б").UnderReview();
        other.Forward("[]", given.Secretary.Actor, TimeProvider.System.Now());
        await service.SaveAsync(other);
        await SaveOfAnotherAsync(ApplicationStatus.AcceptedByStateService);
        var executor = service.As(given.Executor);

        var shown = (await executor.GetAsync(Applications).JsonAsync())
            .GetProperty("items")
            .EnumerateArray()
            .ToDictionary(one => one.Text("id")!);
        Assert.True(shown[overdue.Id.ToString()].GetProperty("overdue").GetBoolean());
        // It came on Friday 20 November 2026: the whole of Monday is left.
        Assert.Equal("2026-11-23T19:00:00Z", shown[overdue.Id.ToString()].Text("dueAt"));
        Assert.False(shown[other.Id.ToString()].GetProperty("overdue").GetBoolean());
        Assert.All(
            shown.Values.Where(one => one.Text("status") != "under-state-service-review"),
            one => Assert.False(one.TryGetProperty("dueAt", out _))
        );

        Assert.Equal(
            [overdue.Id.ToString()],
            (await executor.GetAsync($"{Applications}?overdue=true").JsonAsync()).Ids()
        );
        Assert.Equal(3, (await executor.GetAsync($"{Applications}?overdue=false").JsonAsync()).Ids().Length);
        Assert.Empty(
            (await executor.GetAsync($"{Applications}?overdue=true&status=accepted-by-state-service").JsonAsync()).Ids()
        );
        var found = await executor
            .PostJsonAsync($"{Applications}/search?overdue=true", new { name = "ахм" })
            .JsonAsync();
        Assert.Equal([overdue.Id.ToString()], found.Ids());
    }

    [Fact]
    public async Task What_cannot_be_a_filter_a_limit_or_a_cursor_is_refused()
    {
        var secretary = service.As(given.Secretary);
        var errors = await secretary
            .GetAsync($"{Applications}?status=lost&year=x&category=none&organisationId=1&overdue=much")
            .ErrorsAsync();
        Assert.Equal(["category", "organisationId", "overdue", "status", "year"], errors.Keys.Order());
        foreach (var limit in (string[])["0", "201", "-1", "x"])
            Assert.Equal(
                "400 limit.out-of-range",
                await secretary.GetAsync($"{Applications}?limit={limit}").RefusalAsync()
            );
        foreach (var cursor in (string[])["x", "e30", "bnVsbA", "%00"])
            Assert.Equal(
                "400 cursor.invalid",
                await secretary.GetAsync($"{Applications}?after={cursor}").RefusalAsync()
            );
        Assert.Equal("400 request.malformed", await secretary.GetAsync($"{Applications}?number=%00").RefusalAsync());
    }

    [Fact]
    public async Task A_teacher_finds_their_own_whatever_became_of_it()
    {
        var application = await service.SaveAsync(given.New());
        await SaveOfAnotherAsync(ApplicationStatus.UnderReview);
        var page = await service.As(given.Teacher).GetAsync(Applications).JsonAsync();
        Assert.Equal([application.Id.ToString()], page.Ids());
        Assert.Null(page.Text("next"));
    }

    [Fact]
    public async Task Whoever_is_teacher_and_secretary_finds_both_and_acts_on_their_own_as_its_teacher()
    {
        var own = await service.SaveAsync(given.UnderReview());
        var others = await SaveOfAnotherAsync(ApplicationStatus.UnderReview);
        var page = await service
            .As(given.Teacher.And(Roles.Secretary, given.School))
            .GetAsync(Applications)
            .JsonAsync();
        var actions = page.GetProperty("items")
            .EnumerateArray()
            .ToDictionary(item => item.Text("id")!, item => item.GetProperty("allowedActions").Texts());
        Assert.Equal(2, actions.Count);
        Assert.Empty(actions[own.Id.ToString()]);
        Assert.Equal(["return", "forward"], actions[others.Id.ToString()]);
    }
}
