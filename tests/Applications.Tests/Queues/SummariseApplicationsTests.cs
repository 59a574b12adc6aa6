using System.Text.Json;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests.Queues;

public sealed class SummariseApplicationsTests(ApplicationsService service)
{
    private readonly Given given = new();

    [Fact]
    public async Task Staff_see_how_many_stand_where_and_the_oldest()
    {
        foreach (
            var status in (ApplicationStatus[])
                [
                    ApplicationStatus.New,
                    ApplicationStatus.UnderReview,
                    ApplicationStatus.UnderReview,
                    ApplicationStatus.Meets,
                    ApplicationStatus.Withdrawn,
                ]
        )
            await service.SaveAsync(given.OfAnotherTeacher("А").In(status));

        await CountsAsync(given.Secretary, "meets 1", "under-review 2");
        await CountsAsync(Person.In(Roles.Head, given.School), "meets 1", "under-review 2");
        await CountsAsync(Person.In(Roles.Administrator, given.Region), "meets 1", "under-review 2");
        await CountsAsync(given.Secretary.And(Roles.Head, given.District), "meets 1", "under-review 2");
        await CountsAsync(given.Chair, "meets 1");
        await CountsAsync(new Given().Secretary);

        async Task CountsAsync(Person person, params string[] expected)
        {
            var items = (await service.As(person).GetAsync("/api/applications/summary").JsonAsync())
                .GetProperty("items")
                .EnumerateArray()
                .ToArray();
            Assert.Equal(
                expected,
                items.Select(item => $"{item.Text("status")} {item.GetProperty("count").GetInt32()}")
            );
            Assert.All(
                items,
                item => Assert.Equal(given.School.Id.ToString(), item.GetProperty("organisation").Text("id"))
            );
            Assert.All(
                items.Where(item => item.Text("status") == "under-review"),
                item => Assert.Equal("2026-11-20T05:00:00Z", item.Text("oldest"))
            );
        }
    }

    [Fact]
    public async Task The_whole_is_told_by_status_with_what_the_state_service_lets_wait()
    {
        // Of 20 November, and of just now.
        await service.SaveAsync(given.OfAnotherTeacher("А").UnderStateServiceReview());
        await service.SaveAsync(given.OfAnotherTeacher("Б").UnderStateServiceReview());
        var fresh = given.OfAnotherTeacher("В").UnderReview();
        fresh.Forward("[]", given.Secretary.Actor, TimeProvider.System.Now());
        await service.SaveAsync(fresh);
        await service.SaveAsync(given.OfAnotherTeacher("Г").UnderReview());

        foreach (
            var person in (Person[])
                [given.Executor, Person.In(Roles.Administrator, given.Republic), Person.In(Roles.Head, given.School)]
        )
        {
            var summary = await service.As(person).GetAsync("/api/applications/summary").JsonAsync();
            var total = Of(summary.GetProperty("statuses"));
            Assert.Equal(
                (3, 2, "2026-11-20T06:00:00Z"),
                (Number(total, "count"), Number(total, "overdue"), total.Text("oldest"))
            );
            Assert.Equal(2, Number(Of(summary.GetProperty("items")), "overdue"));
            Assert.All(
                summary
                    .GetProperty("statuses")
                    .EnumerateArray()
                    .Where(one => one.Text("status") != "under-state-service-review"),
                one => Assert.Equal(0, Number(one, "overdue"))
            );
        }
        var totals = await service.As(given.Executor).GetAsync("/api/applications/summary?totals=true").JsonAsync();
        Assert.Equal(0, totals.GetProperty("items").GetArrayLength());
        Assert.Equal(3, Number(Of(totals.GetProperty("statuses")), "count"));

        static JsonElement Of(JsonElement list) =>
            list.EnumerateArray().Single(one => one.Text("status") == "under-state-service-review");
        static int Number(JsonElement one, string property) => one.GetProperty(property).GetInt32();
    }

    [Fact]
    public async Task A_teacher_has_no_summary() =>
        Assert.Equal(
            "403 role.not-allowed",
            await service.As(given.Teacher).GetAsync("/api/applications/summary").RefusalAsync()
        );
}
