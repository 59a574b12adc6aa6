using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.People;

public sealed class GetPersonTests(IdentityService service)
{
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
}
