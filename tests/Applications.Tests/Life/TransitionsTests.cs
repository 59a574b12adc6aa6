using System.Text;
using Microsoft.EntityFrameworkCore;
using PedAtt.Applications.Access;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Life;

/// <summary>What all moves have in common: who, in which order they are refused, and that nothing is
/// half-made.</summary>
public sealed class TransitionsTests(ApplicationsService service)
{
    private readonly Given given = new();

    private static object Body(string move) =>
        move == "decide"
            ? new
            {
                outcome = "meets",
                protocolNumber = "7",
                protocolDate = "2027-03-15",
            }
            : new { };

    [Theory]
    [InlineData("submit", ApplicationStatus.UnderReview)]
    [InlineData("return", ApplicationStatus.UnderStateServiceReview)]
    [InlineData("forward", ApplicationStatus.UnderStateServiceReview)]
    [InlineData("accept", ApplicationStatus.AcceptedByStateService)]
    [InlineData("refuse", ApplicationStatus.AcceptedByStateService)]
    [InlineData("send-to-commission", ApplicationStatus.UnderStateServiceReview)]
    [InlineData("decide", ApplicationStatus.Meets)]
    public async Task A_move_that_the_table_does_not_have_is_refused_after_the_role(
        string move,
        ApplicationStatus status
    )
    {
        var application = await service.SaveAsync(given.In(status));
        var by = ApplicationLifecycle.By(KebabCase.Parse<ApplicationAction>(move)!.Value);
        (Role Role, Person Person)[] people =
        [
            (Role.Teacher, given.Teacher),
            (Role.Secretary, given.Secretary),
            (Role.Executor, given.Executor),
            (Role.CommissionChair, given.Chair),
        ];
        foreach (var (role, person) in people)
        {
            var sees = Visibility.Seen(application, person.Id, Given.HeldRolesOf(person)).Count > 0;
            var expected =
                !sees ? "404 not-found"
                : role == by ? "409 transition.not-allowed"
                : "403 role.not-allowed";
            Assert.Equal(
                expected,
                await service.As(person).PostJsonAsync(application.Url(move), Body(move)).RefusalAsync()
            );
        }
        await using var db = service.Open();
        Assert.Equal(application.Version, (await db.Applications.SingleAsync(one => one.Id == application.Id)).Version);
    }

    [Theory]
    [InlineData("forward", Roles.Secretary, ApplicationStatus.UnderReview)]
    [InlineData("accept", Roles.Executor, ApplicationStatus.UnderStateServiceReview)]
    [InlineData("decide", Roles.CommissionChair, ApplicationStatus.SentToCommission)]
    public async Task Nobody_acts_on_their_own_application_in_another_role(
        string move,
        string role,
        ApplicationStatus status
    )
    {
        var application = await service.SaveAsync(given.In(status));
        var both = given.Teacher.And(role, role == Roles.Secretary ? given.School : given.District);
        Assert.Equal(
            "403 own-application",
            await service.As(both).PostJsonAsync(application.Url(move), Body(move)).RefusalAsync()
        );
        Assert.Equal(
            "403 role.not-allowed",
            await service.As(given.Teacher).PostJsonAsync(application.Url(move), Body(move)).RefusalAsync()
        );
    }

    [Fact]
    public async Task Nobody_acts_for_two_parties_on_one_case()
    {
        // Secretary of the school, and executor and chair of the district: by the time of the forward that was nobody's
        // business.
        var everywhere = given.Secretary.And(Roles.Executor, given.District).And(Roles.CommissionChair, given.District);
        var forwarded = await service.SaveAsync(given.UnderStateServiceReview());
        Assert.Equal(
            "409 party.conflict",
            await service.As(everywhere).PostJsonAsync(forwarded.Url("accept")).RefusalAsync()
        );
        Assert.Empty(
            (await service.As(everywhere).GetAsync(forwarded.Url()).JsonAsync()).GetProperty("allowedActions").Texts()
        );

        var sent = await service.SaveAsync(given.OfAnotherTeacher("Б").SentToCommission());
        Assert.Equal(
            "409 party.conflict",
            await service.As(everywhere).PostJsonAsync(sent.Url("decide"), Body("decide")).RefusalAsync()
        );
        // What somebody else moved is theirs to move on; and one party may act twice.
        var another = Person.In(Roles.Secretary, given.School).And(Roles.Executor, given.District);
        var accepted = await service.SaveAsync(given.OfAnotherTeacher("В").Accepted());
        await service.As(another).PostJsonAsync(accepted.Url("send-to-commission")).JsonAsync();
        var own = await service.SaveAsync(given.OfAnotherTeacher("Г").Accepted());
        await service.As(given.Executor).PostJsonAsync(own.Url("send-to-commission")).JsonAsync();
    }

    [Fact]
    public async Task A_member_of_the_commission_looks_but_does_not_decide()
    {
        var application = await service.SaveAsync(given.SentToCommission());
        var member = service.As(given.Member);
        Assert.Empty((await member.GetAsync(application.Url()).JsonAsync()).GetProperty("allowedActions").Texts());
        Assert.Equal(
            "403 role.not-allowed",
            await member.PostJsonAsync(application.Url("decide"), Body("decide")).RefusalAsync()
        );
    }

    [Theory]
    [InlineData("submit", ApplicationStatus.New)]
    [InlineData("return", ApplicationStatus.UnderReview)]
    [InlineData("forward", ApplicationStatus.UnderReview)]
    [InlineData("accept", ApplicationStatus.UnderStateServiceReview)]
    [InlineData("refuse", ApplicationStatus.UnderStateServiceReview)]
    public async Task Where_the_facts_cannot_be_asked_for_nothing_is_half_made(string move, ApplicationStatus status)
    {
        var application = await service.SaveAsync(given.In(status));
        var by = ApplicationLifecycle.By(KebabCase.Parse<ApplicationAction>(move)!.Value);
        var person = by switch
        {
            Role.Teacher => given.Teacher,
            Role.Secretary => given.Secretary,
            _ => given.Executor,
        };
        Assert.Equal(
            "503 service.unavailable",
            await service.As(person).PostJsonAsync(application.Url(move)).RefusalAsync()
        );

        await using var db = service.Open();
        var kept = (await db.LockAsync(application.Id, default))!;
        Assert.Equal((status, application.Version), (kept.Status, kept.Version));
        Assert.Equal(application.History.Count, kept.History.Count);
        Assert.Equal(application.Submissions.Count, kept.Submissions.Count);
        Assert.DoesNotContain(
            await db.OutboxMessages.ToListAsync(),
            message => message.Body.Contains(application.Id.ToString())
        );
    }

    [Fact]
    public async Task A_move_takes_an_empty_object_or_no_body_and_nothing_that_is_no_object()
    {
        var executor = service.As(given.Executor);
        var application = await service.SaveAsync(given.Accepted());
        Assert.Equal(
            "400 request.malformed",
            await executor
                .PostAsync(
                    application.Url("send-to-commission"),
                    new StringContent("{\"a\": ", Encoding.UTF8, "application/json")
                )
                .RefusalAsync()
        );
        await executor.PostAsync(application.Url("send-to-commission"), null).JsonAsync();
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_answer_and_the_move_is_made_once()
    {
        var application = await service.SaveAsync(given.Accepted());
        var executor = service.As(given.Executor);
        executor.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var first = await executor.PostJsonAsync(application.Url("send-to-commission")).JsonAsync();
        var second = await executor.PostJsonAsync(application.Url("send-to-commission")).JsonAsync();
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(
            "422 idempotency.key-reused",
            await executor.PostJsonAsync(application.Url("send-to-commission"), new { other = 1 }).RefusalAsync()
        );
        await using var db = service.Open();
        Assert.Single(
            await db.Set<HistoryEntry>()
                .Where(move =>
                    move.ApplicationId == application.Id && move.Action == ApplicationAction.SendToCommission
                )
                .ToListAsync()
        );
    }

    [Fact]
    public async Task Of_eight_moves_at_once_one_is_made()
    {
        var application = await service.SaveAsync(given.Accepted());
        var executor = service.As(given.Executor);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => executor.PostJsonAsync(application.Url("send-to-commission")))
        );
        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        await using var db = service.Open();
        Assert.Equal(
            application.Version + 1,
            (await db.Applications.SingleAsync(one => one.Id == application.Id)).Version
        );
    }
}
