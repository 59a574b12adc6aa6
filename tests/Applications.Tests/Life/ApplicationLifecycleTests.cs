using System.Runtime.CompilerServices;
using System.Text;
using PedAtt.Applications.Access;
using PedAtt.Applications.Life;
using PedAtt.Testing;

namespace PedAtt.Applications.Tests.Life;

public sealed class ApplicationLifecycleTests
{
    /// <summary>The rules once more, by hand: who may take which action in which status. Everything else is
    /// refused.</summary>
    private static readonly Dictionary<
        (ApplicationStatus, ApplicationAction),
        (Role By, ApplicationStatus? To)
    > Allowed = new()
    {
        [(ApplicationStatus.New, ApplicationAction.Edit)] = (Role.Teacher, ApplicationStatus.New),
        [(ApplicationStatus.New, ApplicationAction.Delete)] = (Role.Teacher, null),
        [(ApplicationStatus.New, ApplicationAction.Submit)] = (Role.Teacher, ApplicationStatus.UnderReview),
        [(ApplicationStatus.UnderReview, ApplicationAction.Return)] = (
            Role.Secretary,
            ApplicationStatus.ReturnedForRevision
        ),
        [(ApplicationStatus.UnderReview, ApplicationAction.Forward)] = (
            Role.Secretary,
            ApplicationStatus.UnderStateServiceReview
        ),
        [(ApplicationStatus.ReturnedForRevision, ApplicationAction.Edit)] = (
            Role.Teacher,
            ApplicationStatus.ReturnedForRevision
        ),
        [(ApplicationStatus.ReturnedForRevision, ApplicationAction.Delete)] = (
            Role.Teacher,
            ApplicationStatus.Withdrawn
        ),
        [(ApplicationStatus.ReturnedForRevision, ApplicationAction.Submit)] = (
            Role.Teacher,
            ApplicationStatus.UnderReview
        ),
        [(ApplicationStatus.UnderStateServiceReview, ApplicationAction.Accept)] = (
            Role.Executor,
            ApplicationStatus.AcceptedByStateService
        ),
        [(ApplicationStatus.UnderStateServiceReview, ApplicationAction.Refuse)] = (
            Role.Executor,
            ApplicationStatus.RefusedByStateService
        ),
        [(ApplicationStatus.RefusedByStateService, ApplicationAction.Edit)] = (
            Role.Teacher,
            ApplicationStatus.RefusedByStateService
        ),
        [(ApplicationStatus.RefusedByStateService, ApplicationAction.Delete)] = (
            Role.Teacher,
            ApplicationStatus.Withdrawn
        ),
        [(ApplicationStatus.RefusedByStateService, ApplicationAction.Submit)] = (
            Role.Teacher,
            ApplicationStatus.UnderReview
        ),
        [(ApplicationStatus.AcceptedByStateService, ApplicationAction.SendToCommission)] = (
            Role.Executor,
            ApplicationStatus.SentToCommission
        ),
        [(ApplicationStatus.SentToCommission, ApplicationAction.Decide)] = (
            Role.CommissionChair,
            ApplicationStatus.Meets
        ),
    };

    public static TheoryData<ApplicationStatus, ApplicationAction, Role> Everything()
    {
        var all = new TheoryData<ApplicationStatus, ApplicationAction, Role>();
        foreach (var status in Enum.GetValues<ApplicationStatus>())
        foreach (var action in Enum.GetValues<ApplicationAction>())
        foreach (var role in Enum.GetValues<Role>())
            all.Add(status, action, role);
        return all;
    }

    [Theory, MemberData(nameof(Everything))]
    public void A_status_an_action_and_a_role_are_allowed_or_refused_as_the_rules_say(
        ApplicationStatus status,
        ApplicationAction action,
        Role role
    )
    {
        var given = new Given();
        var application = given.In(status);
        var version = application.Version;
        var moves = application.History.Count;
        var isAllowed = Allowed.TryGetValue((status, action), out var rule);

        Assert.Equal(isAllowed && rule.By == role, application.AllowedActions([role]).Contains(action));
        Assert.Equal(isAllowed, ApplicationLifecycle.Allows(status, action));
        if (!isAllowed)
        {
            var refused = Assert.Throws<Problem>(() => Take(given, application, action));
            Assert.Equal(("transition.not-allowed", 409), (refused.Code, refused.Status));
            Assert.Equal(
                (status, version, moves),
                (application.Status, application.Version, application.History.Count)
            );
            return;
        }
        Assert.Equal(rule.By, ApplicationLifecycle.By(action));
        Take(given, application, action);
        Assert.Equal((rule.To ?? status, version + 1), (application.Status, application.Version));
        Assert.Equal(rule.To is null, application.DeletedAt is not null);
        if (action == ApplicationAction.Edit)
        {
            Assert.Equal(moves, application.History.Count);
            return;
        }
        var move = application.History[^1];
        Assert.Equal(
            (action, status, rule.To, rule.By, application.Version),
            (move.Action, move.From, move.To, move.ByRole, move.Version)
        );
    }

    private static void Take(Given given, Application application, ApplicationAction action)
    {
        var now = Given.Morning.AddDays(1);
        switch (action)
        {
            case ApplicationAction.Edit:
                application.Edit(Given.Fields(), given.Path, Given.Rules, Given.Today);
                break;
            case ApplicationAction.Delete:
                application.Delete(given.Teacher.Actor, now);
                break;
            case ApplicationAction.Submit:
                given.Submitted(application);
                break;
            case ApplicationAction.Return:
                application.Return(["diploma"], "[]", given.Secretary.Actor, now);
                break;
            case ApplicationAction.Forward:
                application.Forward("[]", given.Secretary.Actor, now);
                break;
            case ApplicationAction.Accept:
                application.Accept(given.Executor.Actor, now);
                break;
            case ApplicationAction.Refuse:
                application.Refuse([new("no-consent", "Нет")], given.Executor.Actor, now);
                break;
            case ApplicationAction.SendToCommission:
                application.SendToCommission(given.Executor.Actor, now);
                break;
            case ApplicationAction.Decide:
                application.Decide(
                    new(ApplicationStatus.Meets, "teacher-expert", false, "1", Given.Today, null, null),
                    given.Chair.Actor,
                    now
                );
                break;
        }
    }

    [Fact]
    public void The_statuses_are_the_ten_of_the_guide_and_a_withdrawal() =>
        Assert.Equal(
            [
                "new",
                "under-review",
                "returned-for-revision",
                "under-state-service-review",
                "accepted-by-state-service",
                "refused-by-state-service",
                "sent-to-commission",
                "meets",
                "does-not-meet",
                "one-level-lower",
                "withdrawn",
            ],
            Enum.GetValues<ApplicationStatus>().Select(KebabCase.Of)
        );

    [Fact]
    public void Every_status_has_its_facts_once_and_in_its_place()
    {
        Assert.Equal(Enum.GetValues<ApplicationStatus>(), ApplicationLifecycle.Statuses.Select(facts => facts.Status));
        Assert.All(
            ApplicationLifecycle.Statuses,
            facts =>
            {
                Assert.Equal(facts, ApplicationLifecycle.Of(facts.Status));
                // What is final has no move; what has a turn that somebody can take has one.
                Assert.Equal(facts.IsFinal, !ApplicationLifecycle.Table.Any(move => move.From == facts.Status));
            }
        );
    }

    [Fact]
    public void Actions_come_in_the_order_of_the_contract() =>
        Assert.Equal(
            [ApplicationAction.Edit, ApplicationAction.Delete, ApplicationAction.Submit],
            new Given().New().AllowedActions([Role.Teacher])
        );

    [Fact]
    public void The_document_says_what_the_code_says()
    {
        var file = Path.Combine(TestServers.Root, "docs", "application-lifecycle.md");
        var wanted = Document();
        if (Environment.GetEnvironmentVariable("PEDATT_WRITE_DOCS") is not null)
            File.WriteAllText(file, wanted);
        Assert.Equal(wanted, File.ReadAllText(file));
    }

    private static string Document()
    {
        var text = new StringBuilder(
            """
            # The life of an application

            Written from services/Applications/Life/ApplicationLifecycle.cs and Access/Visibility.cs by ApplicationLifecycleTests, which
            fails where this file says something else. To write it anew: `PEDATT_WRITE_DOCS=1` and the tests of Applications.

            ```mermaid
            stateDiagram-v2

            """.ReplaceLineEndings("\n")
        );
        // A state's id has no hyphens in mermaid.
        foreach (var status in Enum.GetValues<ApplicationStatus>())
            text.Append($"    state \"{KebabCase.Of(status)}\" as {status}\n");
        text.Append("    [*] --> New\n");
        foreach (var move in ApplicationLifecycle.Table.Where(move => move.Action != ApplicationAction.Edit))
            text.Append(
                $"    {move.From} --> {(move.To is { } to ? to : "[*]")}: {KebabCase.Of(move.Action)} ({KebabCase.Of(move.By)})\n"
            );
        text.Append("```\n\n| from | action | to | by |\n|---|---|---|---|\n");
        foreach (var move in ApplicationLifecycle.Table)
            text.Append(
                $"| {KebabCase.Of(move.From)} | {KebabCase.Of(move.Action)} | {To(move, "deleted")} | {KebabCase.Of(move.By)} |\n"
            );
        text.Append(
            "\n## What is true in each status\n\n| status | turn of | open for its teacher | meanwhile | term | bodies follow a new subordination | final |\n|---|---|---|---|---|---|---|\n"
        );
        foreach (var facts in ApplicationLifecycle.Statuses)
            text.Append(
                $"| {KebabCase.Of(facts.Status)} | {Word(facts.At)} | {KebabCase.Of(facts.Open)} | {Word(facts.Work)} | {Word(facts.Deadline)} | {Yes(facts.BodiesFollow)} | {Yes(facts.IsFinal)} |\n"
            );
        text.Append(
            "\n## Who sees it\n\nIts teacher always; heads and administrators never. Everybody else gets 404 before any 403.\n\n"
        );
        Role[] others = [Role.Secretary, Role.Executor, Role.CommissionMember, Role.CommissionChair];
        text.Append(
            $"| status | {string.Join(" | ", others.Select(KebabCase.Of))} |\n|---|{string.Concat(others.Select(_ => "---|"))}\n"
        );
        foreach (var status in Enum.GetValues<ApplicationStatus>())
        {
            var given = new Given();
            var application = given.In(status);
            var people = new[] { given.Secretary, given.Executor, given.Member, given.Chair };
            text.Append(
                $"| {KebabCase.Of(status)} | {string.Join(" | ", people.Select(person =>
                Visibility.Seen(application, person.Id, Given.HeldRolesOf(person)).Count > 0 ? "sees" : "–"))} |\n"
            );
        }
        text.Append(
            """

            The secretary: of its organisation or one above. The executor: of the body that accepts it, from its first forwarding on,
            whatever became of it since. The commission: of the body that decides. A withdrawal is read by those who saw it before,
            and is in nobody's list but its teacher's.

            """.ReplaceLineEndings("\n")
        );
        return text.ToString();

        static string Word<TEnum>(TEnum? value)
            where TEnum : struct, Enum => value is { } word ? KebabCase.Of(word) : "–";

        static string Yes(bool value) => value ? "yes" : "–";

        static string To(Move move, string gone) => move.To is { } to ? KebabCase.Of(to) : gone;
    }
}
