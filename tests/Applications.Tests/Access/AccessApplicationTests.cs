using System.Net.Http.Json;
using PedAtt.Applications.Life;
using PedAtt.Applications.Organisations;
using PedAtt.Internal;

namespace PedAtt.Applications.Tests.Access;

public sealed class AccessApplicationTests(ApplicationsService service)
{
    private readonly Given given = new();

    private async Task<ApplicationAccess?> AskAsync(Application application, Person person, bool settle = false)
    {
        var caller = new Caller(
            person.Id,
            [.. person.Assignments.Select(one => new CallerAssignment(one.Role, one.OrganisationId, one.Level))]
        );
        using var response = await service
            .AsService()
            .PostJsonAsync($"/internal/applications/{application.Id}/access?settle={settle}", caller);
        return response.StatusCode == System.Net.HttpStatusCode.NotFound
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ApplicationAccess>(Json.Options);
    }

    [Fact]
    public async Task It_says_who_sees_it_and_what_is_open()
    {
        var draft = await service.SaveAsync(given.New());
        var own = (await AskAsync(draft, given.Teacher))!;
        Assert.Equal((true, "teacher", true), (own.IsOwner, Assert.Single(own.Roles), own.Facts.Open.Everything));
        Assert.Null(await AskAsync(draft, given.Secretary));

        var returned = await service.SaveAsync(given.OfAnotherTeacher("Б").Returned("diploma", "application"));
        var seen = (await AskAsync(returned, given.Secretary))!;
        Assert.Equal((false, "secretary"), (seen.IsOwner, Assert.Single(seen.Roles)));
        Assert.Equal(
            (false, "diploma application"),
            (seen.Facts.Open.Everything, string.Join(' ', seen.Facts.Open.Blocks))
        );

        var forwarded = (
            await AskAsync(
                await service.SaveAsync(given.OfAnotherTeacher("В").UnderStateServiceReview()),
                given.Executor
            )
        )!;
        Assert.False(forwarded.Facts.Open.Any);
        Assert.True(Assert.Single(forwarded.Facts.Submissions).Forwarded);
        Assert.Equal("педагог-эксперт", forwarded.Facts.Data.ClaimedCategory.Ru);
        Assert.Equal(["executor"], forwarded.HeldRoles);
    }

    [Theory]
    [InlineData(ApplicationStatus.UnderReview, "secretary", ApplicationWork.ReviewBlocks)]
    [InlineData(ApplicationStatus.UnderStateServiceReview, "state-service", ApplicationWork.SignReceipt)]
    [InlineData(ApplicationStatus.ReturnedForRevision, "teacher", null)]
    [InlineData(ApplicationStatus.Meets, null, null)]
    public async Task It_says_whose_turn_it_is_and_what_others_do_meanwhile(
        ApplicationStatus status,
        string? stage,
        string? work
    )
    {
        var facts = (await AskAsync(await service.SaveAsync(given.In(status)), given.Teacher))!.Facts;
        Assert.Equal((stage, work), (facts.Stage, facts.Work.SingleOrDefault()));
    }

    [Fact]
    public async Task An_owner_who_holds_another_role_is_told_both()
    {
        var access = (
            await AskAsync(
                await service.SaveAsync(given.UnderReview()),
                given.Teacher.And(Roles.Secretary, given.School)
            )
        )!;
        Assert.Equal(("teacher", "secretary"), (Assert.Single(access.Roles), Assert.Single(access.HeldRoles)));
    }

    [Fact]
    public async Task Settled_it_waits_for_the_move_that_is_running_and_answers_by_its_end()
    {
        var application = await service.SaveAsync(given.Accepted());
        await using var db = service.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var held = (await db.LockAsync(application.Id, default))!;
        held.SendToCommission(given.Executor.Actor, Given.Morning.AddHours(4));
        await db.SaveChangesAsync();

        var settled = AskAsync(application, given.Teacher, settle: true);
        Assert.Equal("accepted-by-state-service", (await AskAsync(application, given.Teacher))!.Facts.Status);
        Assert.False(settled.IsCompleted);
        await transaction.CommitAsync();

        Assert.Equal("sent-to-commission", (await settled)!.Facts.Status);
    }

    [Fact]
    public async Task Only_a_service_asks_and_only_with_a_token_made_for_this_one()
    {
        var application = await service.SaveAsync(given.New());
        var path = $"/internal/applications/{application.Id}";
        Assert.Equal("401 not-signed-in", await service.As(given.Teacher).GetAsync(path).RefusalAsync());
        Assert.Equal("401 not-signed-in", await service.CreateClient().GetAsync(path).RefusalAsync());
        Assert.Equal("401 not-signed-in", await service.AsService("documents").GetAsync(path).RefusalAsync());
        Assert.Equal(application.Number, (await service.AsService().GetAsync(path).JsonAsync()).Text("number"));
    }
}
