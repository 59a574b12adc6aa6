namespace PedAtt.Applications.Tests.Categories;

public sealed class KeepCategoryTests(ApplicationsOfPeople service) : IClassFixture<ApplicationsOfPeople>
{
    private readonly Given given = new();

    private object Keeping(string until, string ground = "point-29", string category = "teacher-expert") =>
        new
        {
            personId = given.Teacher.Id,
            category,
            ground,
            orderNumber = "31-к",
            orderDate = "2026-11-16",
            until,
        };

    private async Task<HttpClient> HeadOfTeacherWithAsync(string line)
    {
        service.Knows(given.Teacher, given);
        await service
            .As(service.Knows(Person.In(Roles.Administrator, given.Republic), given))
            .ImportAsync(
                "/api/categories/import",
                "iin,category,from,until,orderNumber,orderDate",
                $"{service.IinOf(given.Teacher)},{line}"
            )
            .JsonAsync();
        await service.As(given.Teacher).GetAsync("/api/categories/mine").JsonAsync();
        return service.As(service.Knows(Person.In(Roles.Head, given.School), given));
    }

    [Fact]
    public async Task Point_29_extends_for_two_years_from_the_order_and_not_a_day_more()
    {
        using var head = await HeadOfTeacherWithAsync("teacher-expert,2021-10-01,2026-10-01,1,2021-10-01");

        Assert.Equal(
            "409 category.not-held",
            await head.PostJsonAsync("/api/categories/keepings", Keeping("2028-11-17")).RefusalAsync()
        );
        var kept = await head.PostJsonAsync("/api/categories/keepings", Keeping("2028-11-16")).JsonAsync(201);

        Assert.Equal(
            ("held", "keeping", "point-29", "2028-11-16"),
            (kept.Text("state"), kept.Text("basis"), kept.Text("ground"), kept.Text("until"))
        );
    }

    [Fact]
    public async Task Point_27_keeps_to_the_terms_end()
    {
        using var head = await HeadOfTeacherWithAsync("teacher-expert,2022-10-01,2027-10-01,1,2022-10-01");

        Assert.Equal(
            "409 category.not-held",
            await head.PostJsonAsync("/api/categories/keepings", Keeping("2027-10-02", "point-27")).RefusalAsync()
        );
        await head.PostJsonAsync("/api/categories/keepings", Keeping("2027-10-01", "point-27")).JsonAsync(201);
    }

    [Fact]
    public async Task Only_a_head_and_only_for_their_own_teachers()
    {
        service.Knows(given.Teacher, given);
        var other = new Given();
        using var stranger = service.As(service.Knows(Person.In(Roles.Head, other.School), other));
        using var secretary = service.As(given.Secretary);

        Assert.Equal(
            ["unknown-key"],
            (await stranger.PostJsonAsync("/api/categories/keepings", Keeping("2027-01-01")).ErrorsAsync())["personId"]
        );
        Assert.Equal(
            "403 role.not-allowed",
            await secretary.PostJsonAsync("/api/categories/keepings", Keeping("2027-01-01")).RefusalAsync()
        );
    }
}
