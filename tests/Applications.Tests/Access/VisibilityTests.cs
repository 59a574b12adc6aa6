using PedAtt.Applications.Access;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Access;

public sealed class VisibilityTests
{
    private readonly Given given = new();

    private static bool Sees(Person person, Application application) =>
        Visibility.Seen(application, person.Id, Given.HeldRolesOf(person)).Count > 0;

    [Fact]
    public void Nobody_sees_anothers_draft()
    {
        var draft = given.New();
        Assert.True(Sees(given.Teacher, draft));
        foreach (var other in (Person[])[given.Secretary, given.Executor, given.Chair, given.Member])
            Assert.False(Sees(other, draft));
    }

    [Theory, MemberData(nameof(Statuses))]
    public void Heads_administrators_and_other_teachers_see_none(ApplicationStatus status)
    {
        var application = given.In(status);
        Assert.False(Sees(Person.In(Roles.Administrator, given.Republic), application));
        Assert.False(Sees(Person.In(Roles.Head, given.School), application));
        Assert.False(Sees(Person.In(Roles.Teacher, given.School), application));
    }

    [Theory, MemberData(nameof(Statuses))]
    public void Its_teacher_always_sees_it(ApplicationStatus status) =>
        Assert.True(Sees(given.Teacher, given.In(status)));

    [Fact]
    public void A_secretary_of_another_school_sees_nothing_and_one_of_the_district_does()
    {
        var application = given.UnderReview();
        Assert.False(Sees(new Given().Secretary, application));
        Assert.True(Sees(Person.In(Roles.Secretary, given.District), application));
    }

    [Fact]
    public void An_executor_keeps_seeing_what_was_once_forwarded()
    {
        Assert.False(Sees(given.Executor, given.UnderReview()));
        var again = given.Submitted(given.Refused());
        Assert.Equal(ApplicationStatus.UnderReview, again.Status);
        Assert.True(Sees(given.Executor, again));
    }

    [Fact]
    public void After_an_edit_that_changes_the_level_both_bodies_see_it_once_it_was_forwarded_to_them()
    {
        var application = given.Refused();
        application.Edit(Given.Fields(claimed: "teacher-researcher"), given.Path, Given.Rules, Given.Today);
        var region = Person.In(Roles.Executor, given.Region);
        Assert.True(Sees(given.Executor, application));
        Assert.False(Sees(region, application));

        given.Submitted(application).Forward("[]", given.Secretary.Actor, Given.Morning.AddDays(1));

        Assert.True(Sees(given.Executor, application));
        Assert.True(Sees(region, application));
        Assert.Equal(given.Region.Id, application.ForwardedToId);
        Assert.DoesNotContain(Role.Executor, Visibility.Held(application, Given.HeldRolesOf(given.Executor)));
    }

    [Fact]
    public void A_commission_sees_only_what_its_own_level_decides_and_only_once_it_was_sent()
    {
        Assert.False(Sees(given.Chair, given.Accepted()));
        var sent = given.SentToCommission();
        Assert.True(Sees(given.Chair, sent));
        Assert.True(Sees(given.Member, sent));
        Assert.False(Sees(Person.In(Roles.CommissionChair, given.School), sent));
        Assert.False(Sees(Person.In(Roles.CommissionChair, given.Region), sent));
    }

    [Fact]
    public void Ones_own_application_is_seen_as_its_teacher_only()
    {
        var both = given.Teacher.And(Roles.Secretary, given.School);
        Assert.Equal([Role.Teacher], Visibility.Seen(given.UnderReview(), both.Id, Given.HeldRolesOf(both)));
    }

    [Fact]
    public void A_withdrawal_is_read_by_those_who_saw_it_and_listed_for_nobody_else()
    {
        var withdrawn = given.Withdrawn();
        Assert.True(Sees(given.Secretary, withdrawn));
        Assert.False(Sees(given.Executor, withdrawn));
        Assert.All(
            Enum.GetValues<Role>(),
            role => Assert.DoesNotContain(ApplicationStatus.Withdrawn, Visibility.ListedFor(role))
        );
    }

    public static TheoryData<ApplicationStatus> Statuses() => new(Enum.GetValues<ApplicationStatus>());
}
