using PedAtt.Contracts;

namespace PedAtt.Notifications.Tests.Events;

public class NotificationTableTests
{
    private static readonly Given Of = new();

    public static TheoryData<object, string[]> Rows =>
        new()
        {
            { Of.Submitted(), ["secretary application.under-review"] },
            { Of.Submitted(2), ["secretary application.under-review"] },
            { Of.Returned, ["teacher application.returned-for-revision"] },
            {
                Of.Forwarded,
                ["teacher application.under-state-service-review", "executor application.under-state-service-review"]
            },
            { Of.Accepted, ["teacher application.accepted-by-state-service"] },
            { Of.Refused, ["teacher application.refused-by-state-service"] },
            { Of.Sent, ["teacher application.sent-to-commission", "commission-chair application.sent-to-commission"] },
            { Of.Decided(), ["teacher application.meets"] },
            { Of.Decided("does-not-meet"), ["teacher application.does-not-meet"] },
            { Of.Decided("one-level-lower"), ["teacher application.one-level-lower"] },
            { Of.Withdrawn, ["secretary application.withdrawn"] },
            { Of.Deleted, [] },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_event_tells_whom_it_concerns_of_the_status_reached(object @event, string[] told) =>
        Assert.Equal(
            told,
            NotificationTable.Of(@event).Select(notice => $"{notice.Audience.Role ?? "teacher"} {notice.Kind}")
        );

    [Fact]
    public void Every_event_of_an_application_has_a_row()
    {
        var events = typeof(ApplicationSubmitted)
            .Assembly.GetExportedTypes()
            .Where(type =>
                type.Name.StartsWith("Application", StringComparison.Ordinal) && type.GetProperty("At") is not null
            );
        Assert.Equal(
            events
                .Order(Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name)))
                .Select(type => type.Name),
            Rows.Select(row => row.Data.Item1.GetType().Name).Distinct().Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_text_is_there_in_Kazakh_and_in_Russian_and_names_the_application(object @event, string[] told)
    {
        Assert.Equal(told.Length, NotificationTable.Of(@event).Count);
        foreach (var notice in NotificationTable.Of(@event))
        {
            Assert.Contains(Of.Number, notice.Title.Kk, StringComparison.Ordinal);
            Assert.Contains(Of.Number, notice.Title.Ru, StringComparison.Ordinal);
            Assert.Matches("[әғқңөұүһі]", notice.Title.Kk);
            Assert.Matches("[әғқңөұүһі]", notice.Body.Kk);
            Assert.DoesNotMatch("[әғқңөұүһі]", notice.Title.Ru);
            Assert.DoesNotMatch("[әғқңөұүһі]", notice.Body.Ru);
        }
    }

    [Fact]
    public void An_infected_file_is_told_to_its_teacher_without_the_files_name()
    {
        var notice = Assert.Single(
            NotificationTable.Of(
                new FileFoundInfected(Of.Application, 4, Guid.CreateVersion7(), "diploma", Given.Morning),
                Of.Teacher,
                Of.Number
            )
        );
        Assert.Equal(Of.Teacher, notice.Audience.PersonId);
        Assert.Contains(Of.Number, notice.Title.Kk, StringComparison.Ordinal);
        Assert.Contains("вирус", notice.Title.Ru, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_says_what_was_awarded_until_when_and_by_which_protocol()
    {
        var body = Assert.Single(NotificationTable.Of(Of.Decided())).Body;
        foreach (var part in (string[])["педагог-эксперт", "20.11.2031", "№ 17", "20.11.2026"])
            Assert.Contains(part, body.Ru, StringComparison.Ordinal);
        Assert.Contains("педагог-сарапшы", body.Kk, StringComparison.Ordinal);
        Assert.Contains(
            "действующая категория сохраняется",
            NotificationTable.Of(Of.Decided("does-not-meet"))[0].Body.Ru,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_a_commission_or_an_executor_wrote_stays_in_the_application()
    {
        Assert.DoesNotContain("Диплом", NotificationTable.Of(Of.Refused)[0].Body.Kk, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "расталмаған",
            NotificationTable.Of(Of.Decided("does-not-meet"))[0].Body.Kk,
            StringComparison.Ordinal
        );
    }
}
