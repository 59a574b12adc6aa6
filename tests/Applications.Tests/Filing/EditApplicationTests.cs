namespace PedAtt.Applications.Tests.Filing;

public sealed class EditApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task What_was_sent_keeps_its_school_year_also_when_that_is_over()
    {
        var refused = await service.SaveAsync(given.Refused(Given.Fields(year: 2025)));
        var teacher = service.As(given.Teacher);
        Assert.Equal(
            ["attestation-year.out-of-range"],
            (await teacher.PutAsync(refused, Given.Form(), $"\"{refused.Version}\"").ErrorsAsync())["attestationYear"]
        );
        var mended = await teacher
            .PutAsync(refused, Given.Form() with { AttestationYear = 2025 }, $"\"{refused.Version}\"")
            .JsonAsync();
        Assert.Equal(2025, mended.GetProperty("attestationYear").GetInt32());
    }

    [Fact]
    public async Task A_draft_is_edited_and_gets_a_new_version()
    {
        var application = await service.SaveAsync(given.New());
        var form = Given.Form() with { ClaimedCategory = "teacher-researcher", About = "Классный руководитель" };
        using var response = await service.As(given.Teacher).PutAsync(application, form, "\"1\"");
        Assert.Equal("\"2\"", response.Headers.ETag!.ToString());
        var shown = await Task.FromResult(response).JsonAsync();
        Assert.Equal(2, shown.GetProperty("version").GetInt32());
        Assert.Equal("Классный руководитель", shown.Text("about"));
        Assert.Equal("region", shown.Text("decidingLevel"));
        Assert.Empty(shown.GetProperty("history").EnumerateArray());

        await using var db = service.Open();
        var kept = (await db.LockAsync(application.Id, default))!;
        Assert.Equal((2, given.Region.Id), (kept.EditVersion, kept.DecidingOrganisationId));
    }

    [Fact]
    public async Task A_version_is_demanded_and_has_to_be_the_current_one()
    {
        var application = await service.SaveAsync(given.New());
        var teacher = service.As(given.Teacher);
        Assert.Equal("428 version.required", await teacher.PutAsync(application, Given.Form(), null).RefusalAsync());
        foreach (var invalid in (string[])["*", "1", "W/\"1\"", "\"x\""])
            Assert.Equal(
                "400 version.invalid",
                await teacher.PutAsync(application, Given.Form(), invalid).RefusalAsync()
            );
        Assert.Equal("409 stale", await teacher.PutAsync(application, Given.Form(), "\"7\"").RefusalAsync());
        await teacher.PutAsync(application, Given.Form(), "\"1\"").JsonAsync();
        Assert.Equal("409 stale", await teacher.PutAsync(application, Given.Form(), "\"1\"").RefusalAsync());
    }

    [Fact]
    public async Task Refusals_come_in_the_order_of_the_contract()
    {
        var application = await service.SaveAsync(given.UnderReview());
        var bad = Given.Form() with { RulesAcknowledged = false };
        Assert.Equal("404 not-found", await service.As(given.Chair).PutAsync(application, bad, null).RefusalAsync());
        Assert.Equal(
            "403 role.not-allowed",
            await service.As(given.Secretary).PutAsync(application, bad, null).RefusalAsync()
        );
        var teacher = service.As(given.Teacher);
        Assert.Equal("400 validation", await teacher.PutAsync(application, bad, null).RefusalAsync());
        Assert.Equal("428 version.required", await teacher.PutAsync(application, Given.Form(), null).RefusalAsync());
        Assert.Equal("409 stale", await teacher.PutAsync(application, Given.Form(), "\"1\"").RefusalAsync());
        Assert.Equal(
            "409 transition.not-allowed",
            await teacher.PutAsync(application, Given.Form(), "\"2\"").RefusalAsync()
        );
    }

    [Fact]
    public async Task After_a_return_its_own_data_are_edited_only_if_they_were_returned()
    {
        var application = await service.SaveAsync(given.Returned("diploma"));
        Assert.Equal(
            "409 block.not-returned",
            await service
                .As(given.Teacher)
                .PutAsync(application, Given.Form(), $"\"{application.Version}\"")
                .RefusalAsync()
        );
    }

    [Fact]
    public async Task An_edit_into_a_year_that_is_taken_is_refused()
    {
        var thisYear = Given.Form().AttestationYear!.Value;
        await service.SaveAsync(given.New(Given.Fields(year: thisYear)));
        var other = await service.SaveAsync(given.New(Given.Fields(year: thisYear + 1)));
        Assert.Equal(
            "409 application.already-exists",
            await service.As(given.Teacher).PutAsync(other, Given.Form(), "\"1\"").RefusalAsync()
        );
    }

    [Fact]
    public async Task Of_two_edits_at_once_one_is_told_that_someone_was_faster()
    {
        var application = await service.SaveAsync(given.New());
        var teacher = service.As(given.Teacher);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => teacher.PutAsync(application, Given.Form(), "\"1\""))
        );
        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(
            answers.Where(answer => !answer.IsSuccessStatusCode),
            answer => Assert.Equal(409, (int)answer.StatusCode)
        );
    }
}
