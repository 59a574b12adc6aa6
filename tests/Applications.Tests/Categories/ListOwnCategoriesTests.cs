using System.Text.Json;

namespace PedAtt.Applications.Tests.Categories;

public sealed class ListOwnCategoriesTests(ApplicationsOfPeople service) : IClassFixture<ApplicationsOfPeople>
{
    private readonly Given given = new();

    private async Task<string[]> MineAsync(Person person)
    {
        using var client = service.As(person);
        var mine = await client.GetAsync("/api/categories/mine").JsonAsync();
        return
        [
            .. mine.GetProperty("items")
                .EnumerateArray()
                .Select(item => $"{item.Text("category")} {item.Text("state")} {item.Text("basis")}"),
        ];
    }

    private Task<JsonElement> ImportAsync(string line) =>
        service
            .As(service.Knows(Person.In(Roles.Administrator, given.Republic), given))
            .ImportAsync("/api/categories/import", "iin,category,from,until,orderNumber,orderDate", line)
            .JsonAsync();

    [Fact]
    public async Task What_was_imported_before_they_registered_is_shown_once_the_IIN_is_proven()
    {
        var iin = Iins.Next();
        await ImportAsync($"{iin},teacher-expert,2024-03-15,2029-03-15,114-НҚ,2024-03-18");
        var teacher = service.Knows(
            given.Teacher,
            given,
            iin,
            proven: false,
            registeredAt: Given.Morning.AddMinutes(1)
        );
        Assert.Empty(await MineAsync(teacher));

        service.Prove(teacher);

        Assert.Equal(["teacher-expert held before-commissions"], await MineAsync(teacher));
    }

    [Fact]
    public async Task What_was_imported_since_is_shown_to_whoever_claims_the_IIN()
    {
        var teacher = service.Knows(given.Teacher, given, proven: false, registeredAt: Given.Morning.AddDays(-1));

        await ImportAsync($"{service.IinOf(teacher)},teacher-expert,2020-03-15,2025-03-15,114-НҚ,2020-03-18");

        Assert.Equal(["teacher-expert lapsed before-commissions"], await MineAsync(teacher));
    }
}
