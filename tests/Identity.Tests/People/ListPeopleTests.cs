namespace PedAtt.Identity.Tests.People;

public sealed class ListPeopleTests(IdentityService service)
{
    [Fact]
    public async Task People_are_listed_in_the_Kazakh_order_of_their_names_page_by_page()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        string[] names =
        [
            "Бекова",
            "Ғалымова",
            "Ақанова",
            "Әбенова",
            "Гаврилова",
            "Ізбасова",
            "Үсенова",
            "Ұлықова",
            "Умарова",
            "Яковлева",
            "Қанатова",
            "Каримова",
            "Өтегенова",
            "Орлова",
            "Ңурова",
            "Нурова",
            "Һашимова",
        ];
        foreach (var name in names)
            await own.RegisteredAsync(
                with: new Newcomer
                {
                    FamilyName = name,
                    GivenName = "Ая",
                    Patronymic = null,
                }
            );
        using var administrator = await own.AsAdministratorAsync();
        var listed = new List<string>();
        for (var next = "users?limit=5&role=teacher"; next is not null; )
        {
            var page = await administrator.AskAsync(next).JsonAsync();
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Text("name")!.Split(' ')[0]));
            next = page.Text("next") is { } after
                ? $"users?limit=5&role=teacher&after={Uri.EscapeDataString(after)}"
                : null;
        }
        listed.Remove("Сәрсенова");
        // А Ә Б … Г Ғ … К Қ … Н Ң О Ө … У Ұ Ү … Һ … І … Я
        string[] kazakh =
        [
            "Ақанова",
            "Әбенова",
            "Бекова",
            "Гаврилова",
            "Ғалымова",
            "Каримова",
            "Қанатова",
            "Нурова",
            "Ңурова",
            "Орлова",
            "Өтегенова",
            "Умарова",
            "Ұлықова",
            "Үсенова",
            "Һашимова",
            "Ізбасова",
            "Яковлева",
        ];
        Assert.Equal(kazakh, listed);
    }

    [Theory]
    [InlineData("users?limit=0", "400 limit.out-of-range")]
    [InlineData("users?limit=201", "400 limit.out-of-range")]
    [InlineData("users?after=nonsense", "400 cursor.invalid")]
    public async Task A_list_is_asked_for_as_lists_are(string path, string refusal)
    {
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal(refusal, await administrator.AskAsync(path).RefusalAsync());
    }

    [Fact]
    public async Task A_filter_that_names_nothing_finds_nobody()
    {
        using var administrator = await service.AsAdministratorAsync();
        foreach (var filter in (string[])["role=king", "organisationId=x"])
            Assert.Empty(
                (await administrator.AskAsync($"users?{filter}").JsonAsync()).GetProperty("items").EnumerateArray()
            );
        foreach (var path in (string[])["users?role=%00", "organisations?level=a%00b"])
            Assert.Equal("400 request.malformed", await administrator.AskAsync(path).RefusalAsync());
    }
}
