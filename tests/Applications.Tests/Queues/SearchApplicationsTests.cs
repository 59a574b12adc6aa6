namespace PedAtt.Applications.Tests.Queues;

public sealed class SearchApplicationsTests(ApplicationsService service)
{
    private const string Search = "/api/applications/search";

    private readonly Given given = new();

    [Fact]
    public async Task Names_are_found_by_their_beginning_in_either_case_in_the_order_of_the_alphabet()
    {
        // Not saved in this order; Ә comes after А, Қ after К.
        string[] sorted = ["Абаева Ә", "Ахметова А", "Әбенова Б", "Карим К", "Қасым Қ", "Қожа Д"];
        foreach (var name in sorted.Reverse())
            await service.SaveAsync(given.OfAnotherTeacher(name).UnderReview());
        await service.SaveAsync(new Given(name: "Ахметова Чужая").UnderReview());

        await FindsAsync("а", "Абаева Ә", "Ахметова А");
        await FindsAsync("ахм", "Ахметова А");
        await FindsAsync("АХМЕТОВА", "Ахметова А");
        await FindsAsync("ә", "Әбенова Б");
        await FindsAsync("Қ", "Қасым Қ", "Қожа Д");
        await FindsAsync("ка", "Карим К");
        await FindsAsync("метова");
        await FindsAsync("%");

        async Task FindsAsync(string name, params string[] expected) =>
            Assert.Equal(
                expected,
                Names(await service.As(given.Secretary).PostJsonAsync(Search, new { name }).JsonAsync())
            );
    }

    [Fact]
    public async Task Pages_of_names_follow_each_other()
    {
        for (var i = 0; i < 5; i++)
            await service.SaveAsync(given.OfAnotherTeacher("Сапар А").UnderReview());
        var secretary = service.As(given.Secretary);
        var first = await secretary.PostJsonAsync($"{Search}?limit=3", new { name = "сапар" }).JsonAsync();
        var second = await secretary
            .PostJsonAsync($"{Search}?limit=3&after={first.Text("next")}", new { name = "сапар" })
            .JsonAsync();
        Assert.Equal(5, first.Ids().Concat(second.Ids()).Distinct().Count());
        Assert.Null(second.Text("next"));
    }

    [Fact]
    public async Task A_search_looks_where_the_list_looks()
    {
        await service.SaveAsync(given.OfAnotherTeacher("Оспан А").New());
        await service.SaveAsync(given.OfAnotherTeacher("Оспан Б").UnderReview());
        Assert.Equal(
            ["Оспан Б"],
            Names(await service.As(given.Secretary).PostJsonAsync(Search, new { name = "оспан" }).JsonAsync())
        );
        Assert.Empty(Names(await service.As(given.Chair).PostJsonAsync(Search, new { name = "оспан" }).JsonAsync()));
        Assert.Empty(
            Names(
                await service
                    .As(given.Secretary)
                    .PostJsonAsync($"{Search}?status=meets", new { name = "оспан" })
                    .JsonAsync()
            )
        );
    }

    [Fact]
    public async Task What_cannot_be_searched_for_is_refused()
    {
        var secretary = service.As(given.Secretary);
        Assert.Equal(["name"], (await secretary.PostJsonAsync(Search).ErrorsAsync()).Keys);
        Assert.Equal(
            ["iin.invalid"],
            (await secretary.PostJsonAsync(Search, new { iin = "12345" }).ErrorsAsync())["iin"]
        );
        Assert.Equal(
            ["text.control-characters"],
            (await secretary.PostJsonAsync(Search, new { name = "а\0б" }).ErrorsAsync())["name"]
        );
        Assert.Equal(
            "503 service.unavailable",
            await secretary.PostJsonAsync(Search, new { iin = "850615100017" }).RefusalAsync()
        );
    }

    private static string[] Names(System.Text.Json.JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("teacher").Text("name")!)];
}
