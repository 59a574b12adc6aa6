using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.People;

public sealed class ChangeRolesTests(IdentityService service)
{
    [Fact]
    public async Task A_block_ends_every_sign_in_at_once_and_keeps_the_person_out_until_it_is_lifted()
    {
        var person = await service.RegisteredAsync();
        using var client = await service.AsAsync(person.Login!, person.Password!);
        using var administrator = await service.AsAdministratorAsync();
        await administrator.PostAsync($"users/{person.Id}/block", new { }).JsonAsync(204);
        Assert.Equal("401 session.ended", await client.AskAsync("me").RefusalAsync());
        Assert.Equal("401 credentials.invalid", await client.SignInAsync(person.Login, person.Password).RefusalAsync());
        await administrator.PostAsync($"users/{person.Id}/unblock", new { }).JsonAsync(204);
        Assert.Equal("401 session.ended", await client.AskAsync("me").RefusalAsync());
        client.DefaultRequestHeaders.Authorization = null;
        await client.SignInAsync(person.Login, person.Password).JsonAsync();
    }

    [Fact]
    public async Task One_person_is_shown_to_the_administrators_of_their_part_of_the_tree_and_that_is_noted()
    {
        var person = await service.RegisteredAsync();
        using var administrator = await service.AsAdministratorAsync();
        var shown = await administrator.AskAsync($"users/{person.Id}").JsonAsync();
        Assert.Equal(person.Login, shown.Text("login"));
        Assert.Equal("teacher", shown.GetProperty("assignments")[0].Text("role"));
        await using (var db = service.Open())
            Assert.True(await db.Readings.AnyAsync(one => one.SubjectId == person.Id && one.Role == "administrator"));
        Assert.Equal("404 not-found", await administrator.AskAsync($"users/{Guid.NewGuid()}").RefusalAsync());
        using var client = await service.AsAsync(person.Login!, person.Password!);
        Assert.Equal("403 role.not-allowed", await client.AskAsync($"users/{person.Id}").RefusalAsync());
    }

    [Fact]
    public async Task A_change_of_roles_takes_effect_at_once()
    {
        var person = await service.RegisteredAsync();
        var school = await service.OrganisationAsync();
        using var client = await service.AsAsync(person.Login!, person.Password!);
        using var administrator = await service.AsAdministratorAsync();
        var same = await administrator.PutAsync($"users/{person.Id}/roles", new { assignments = new[] { new { role = "teacher", organisationId = school } } }).JsonAsync();
        Assert.Single(same.GetProperty("assignments").EnumerateArray());
        await client.AskAsync("me").JsonAsync();

        var changed = await administrator.PutAsync($"users/{person.Id}/roles", new
        {
            assignments = new[] { new { role = "teacher", organisationId = school }, new { role = "secretary", organisationId = school } },
        }).JsonAsync();
        Assert.Equal(["secretary", "teacher"], changed.GetProperty("assignments").EnumerateArray().Select(one => one.Text("role")).Order());
        Assert.Equal("401 session.ended", await client.AskAsync("me").RefusalAsync());
        using var again = await service.AsAsync(person.Login!, person.Password!);
        Assert.Equal(2, (await again.AskAsync("me").JsonAsync()).GetProperty("assignments").GetArrayLength());
    }

    [Fact]
    public async Task Roles_are_changed_within_the_table_and_nobody_changes_their_own()
    {
        var person = await service.RegisteredAsync();
        var school = await service.OrganisationAsync();
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal("assignments: role.level unknown-key", await administrator.PutAsync($"users/{person.Id}/roles", new
        {
            assignments = new[] { new { role = "executor", organisationId = school }, new { role = "king", organisationId = school } },
        }).ErrorsAsync());
        Assert.Equal("assignments: value.wrong-type",
            await administrator.PutAsync($"users/{person.Id}/roles", new { assignments = new object?[] { null } }).ErrorsAsync());
        Assert.Equal("assignments: required", await administrator.PutAsync($"users/{person.Id}/roles", new { }).ErrorsAsync());
        var own = (await administrator.AskAsync("me").JsonAsync()).Text("id");
        Assert.Equal("403 role.not-allowed", await administrator.PutAsync($"users/{own}/roles", new { assignments = Array.Empty<object>() }).RefusalAsync());
        Assert.Equal("403 role.not-allowed", await administrator.PostAsync($"users/{own}/block", new { }).RefusalAsync());
        Assert.Equal("404 not-found", await administrator.PostAsync($"users/{Guid.NewGuid()}/block", new { }).RefusalAsync());
    }

    [Fact]
    public async Task Who_lost_every_role_is_still_found_where_it_was_and_can_be_given_one()
    {
        var (person, administrator) = (await service.RegisteredAsync(), await service.RegisteredAsync("administrator", "organisation"));
        var school = await service.OrganisationAsync();
        using var client = await service.AsAsync(administrator.Login!, administrator.Password!);
        await client.PutAsync($"users/{person.Id}/roles", new { assignments = Array.Empty<object>() }).JsonAsync();
        Assert.Contains(person.Id, await ListedAsync());
        using var roleless = await service.AsAsync(person.Login!, person.Password!);
        Assert.Empty((await roleless.AskAsync("me").JsonAsync()).GetProperty("assignments").EnumerateArray());

        var given = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
            client.PutAsync($"users/{person.Id}/roles", new { assignments = new[] { new { role = "teacher", organisationId = school } } }).JsonAsync()));
        Assert.All(given, answer => Assert.Single(answer.GetProperty("assignments").EnumerateArray()));
        Assert.Contains(person.Id, await ListedAsync());
        await using var db = service.Open();
        Assert.Null((await db.Users.SingleAsync(one => one.Id == person.Id)).LastOrganisationId);

        async Task<Guid[]> ListedAsync() =>
            [.. (await client.AskAsync($"users?limit=200&organisationId={school}").JsonAsync()).GetProperty("items").EnumerateArray()
                .Select(one => one.GetProperty("id").GetGuid())];
    }

    [Fact]
    public async Task Nobody_acts_on_who_stands_above_them()
    {
        var district = await service.RegisteredAsync("administrator", "district");
        var executor = await service.RegisteredAsync("executor", "region");
        using var administrator = await service.AsAsync(district.Login!, district.Password!);
        Assert.Equal("404 not-found", await administrator.PostAsync($"users/{executor.Id}/block", new { }).RefusalAsync());
        using var teacher = await service.AsAsync("demo-teacher");
        Assert.Equal("403 role.not-allowed", await teacher.PostAsync($"users/{district.Id}/block", new { }).RefusalAsync());
        Assert.Equal("403 role.not-allowed", await teacher.AskAsync("users").RefusalAsync());
    }

    [Fact]
    public async Task People_are_listed_in_the_Kazakh_order_of_their_names_page_by_page()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        string[] names = ["Бекова", "Ғалымова", "Ақанова", "Әбенова", "Гаврилова", "Ізбасова", "Үсенова", "Ұлықова", "Умарова", "Яковлева", "Қанатова", "Каримова", "Өтегенова", "Орлова", "Ңурова", "Нурова", "Һашимова"];
        foreach (var name in names)
            await own.RegisteredAsync(with: new Newcomer { FamilyName = name, GivenName = "Ая", Patronymic = null });
        using var administrator = await own.AsAdministratorAsync();
        var listed = new List<string>();
        for (var next = "users?limit=5&role=teacher"; next is not null;)
        {
            var page = await administrator.AskAsync(next).JsonAsync();
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Text("name")!.Split(' ')[0]));
            next = page.Text("next") is { } after ? $"users?limit=5&role=teacher&after={Uri.EscapeDataString(after)}" : null;
        }
        listed.Remove("Сәрсенова");
        // А Ә Б … Г Ғ … К Қ … Н Ң О Ө … У Ұ Ү … Һ … І … Я
        string[] kazakh =
        [
            "Ақанова", "Әбенова", "Бекова", "Гаврилова", "Ғалымова", "Каримова", "Қанатова", "Нурова", "Ңурова", "Орлова", "Өтегенова",
            "Умарова", "Ұлықова", "Үсенова", "Һашимова", "Ізбасова", "Яковлева",
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
            Assert.Empty((await administrator.AskAsync($"users?{filter}").JsonAsync()).GetProperty("items").EnumerateArray());
        foreach (var path in (string[])["users?role=%00", "organisations?level=a%00b"])
            Assert.Equal("400 request.malformed", await administrator.AskAsync(path).RefusalAsync());
    }
}
