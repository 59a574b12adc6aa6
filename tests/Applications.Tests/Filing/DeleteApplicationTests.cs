using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Filing;

public sealed class DeleteApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task A_deleted_draft_is_gone_for_its_teacher_too()
    {
        var application = await service.SaveAsync(given.New());
        var teacher = service.As(given.Teacher);
        await teacher.DeleteAsync(application.Url()).JsonAsync(204);
        Assert.Equal("404 not-found", await teacher.GetAsync(application.Url()).RefusalAsync());
        Assert.Equal("404 not-found", await teacher.DeleteAsync(application.Url()).RefusalAsync());
        Assert.Empty((await teacher.GetAsync("/api/applications").JsonAsync()).Ids());
    }

    [Fact]
    public async Task What_was_submitted_is_withdrawn_and_still_read_by_its_teacher()
    {
        var application = await service.SaveAsync(given.Refused());
        var teacher = service.As(given.Teacher);
        await teacher.DeleteAsync(application.Url()).JsonAsync(204);
        var shown = await teacher.GetAsync(application.Url()).JsonAsync();
        Assert.Equal("withdrawn", shown.Text("status"));
        Assert.Empty(shown.GetProperty("allowedActions").Texts());
        Assert.Equal("delete", shown.GetProperty("history").EnumerateArray().Last().Text("action"));
        Assert.Equal([application.Id.ToString()], (await teacher.GetAsync("/api/applications").JsonAsync()).Ids());
        Assert.Empty((await service.As(given.Secretary).GetAsync("/api/applications").JsonAsync()).Ids());
    }

    [Theory]
    [InlineData(ApplicationStatus.UnderReview)]
    [InlineData(ApplicationStatus.UnderStateServiceReview)]
    [InlineData(ApplicationStatus.SentToCommission)]
    [InlineData(ApplicationStatus.Meets)]
    public async Task What_others_work_on_cannot_be_taken_back(ApplicationStatus status)
    {
        var application = await service.SaveAsync(given.In(status));
        Assert.Equal(
            "409 transition.not-allowed",
            await service.As(given.Teacher).DeleteAsync(application.Url()).RefusalAsync()
        );
        Assert.Equal(
            "403 role.not-allowed",
            await service.As(given.Secretary).DeleteAsync(application.Url()).RefusalAsync()
        );
        await using var db = service.Open();
        Assert.Equal(status, (await db.Applications.SingleAsync(one => one.Id == application.Id)).Status);
    }
}
