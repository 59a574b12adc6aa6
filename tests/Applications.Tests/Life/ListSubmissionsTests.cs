using Microsoft.EntityFrameworkCore;

namespace PedAtt.Applications.Tests.Life;

public sealed class ListSubmissionsTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task Every_submission_is_shown_as_it_was_sent()
    {
        var application = given.Refused();
        application.Edit(Given.Fields(claimed: "teacher-researcher"), given.Path, Given.Rules, Given.Today);
        await service.SaveAsync(given.Submitted(application));

        var page = await service.As(given.Secretary).GetAsync(application.Url("submissions")).JsonAsync();
        var submissions = page.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([1, 2], submissions.Select(submission => submission.GetProperty("number").GetInt32()));
        Assert.Equal(
            ["teacher-expert", "teacher-researcher"],
            submissions.Select(one => one.GetProperty("fields").Text("claimedCategory"))
        );
        Assert.Equal(["forward", null], submissions.Select(submission => submission.Text("roundEndedBy")));
        Assert.Equal("00", submissions[0].GetProperty("entries")[0].GetProperty("files")[0].Text("sha256"));
        Assert.Equal("[]", submissions[0].GetProperty("reviews").ToString());
        Assert.Equal(
            "404 not-found",
            await service.As(new Given().Secretary).GetAsync(application.Url("submissions")).RefusalAsync()
        );
        await using var db = service.Open();
        Assert.Equal("submission", (await db.Readings.SingleAsync(one => one.ApplicationId == application.Id)).Subject);
    }
}
