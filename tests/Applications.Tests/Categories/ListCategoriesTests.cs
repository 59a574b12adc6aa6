namespace PedAtt.Applications.Tests.Categories;

public sealed class ListCategoriesTests(ApplicationsOfPeople service) : IClassFixture<ApplicationsOfPeople>
{
    private readonly Given given = new();

    [Fact]
    public async Task A_head_finds_whose_category_ends_and_nobody_of_another_school()
    {
        var soon = service.Knows(Person.In(Roles.Teacher, given.School, "Алиева Сәуле"), given);
        var later = service.Knows(Person.In(Roles.Teacher, given.School), given);
        var other = new Given();
        var elsewhere = service.Knows(other.Teacher, other);
        await service
            .As(service.Knows(Person.In(Roles.Administrator, given.Republic), given))
            .ImportAsync(
                "/api/categories/import",
                "iin,category,from,until,orderNumber,orderDate",
                $"{service.IinOf(soon)},teacher-expert,2022-05-05,2027-05-05,1,2022-05-05",
                $"{service.IinOf(later)},teacher-expert,2025-05-05,2030-05-05,1,2025-05-05",
                $"{service.IinOf(elsewhere)},teacher-expert,2022-05-05,2027-05-05,1,2022-05-05"
            )
            .JsonAsync();
        using var head = service.As(service.Knows(Person.In(Roles.Head, given.School), given));

        var ending = await head.GetAsync("/api/categories?expiringBefore=2027-09-01").JsonAsync();
        var all = await head.GetAsync($"/api/categories?organisationId={given.School.Id}&limit=1").JsonAsync();
        var rest = await head.GetAsync($"/api/categories?limit=1&after={all.Text("next")}").JsonAsync();

        var item = ending.GetProperty("items").EnumerateArray().Single();
        Assert.Equal(
            ("Алиева Сәуле", soon.Id, "2027-05-05"),
            (
                item.GetProperty("person").Text("name"),
                item.GetProperty("person").GetProperty("id").GetGuid(),
                item.Text("until")
            )
        );
        Assert.Equal(2, all.Ids().Concat(rest.Ids()).Distinct().Count());
        Assert.Equal(
            "404 not-found",
            await head.GetAsync($"/api/categories?organisationId={other.School.Id}").RefusalAsync()
        );
    }

    [Fact]
    public async Task A_teacher_sees_only_their_own()
    {
        using var teacher = service.As(service.Knows(given.Teacher, given));
        Assert.Equal("403 role.not-allowed", await teacher.GetAsync("/api/categories").RefusalAsync());
    }
}
