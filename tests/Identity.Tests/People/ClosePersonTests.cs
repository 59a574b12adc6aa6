using Microsoft.EntityFrameworkCore;

namespace PedAtt.Identity.Tests.People;

public sealed class ClosePersonTests(IdentityService service)
{
    [Fact]
    public async Task A_closed_account_opens_nothing_and_frees_its_IIN_and_email()
    {
        var person = await service.RegisteredAsync();
        using var signedIn = await service.AsAsync(person.Login!, person.Password!);
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal(
            "ground: required",
            await administrator.PostAsync($"users/{person.Id}/close", new { }).ErrorsAsync()
        );
        await administrator.PostAsync($"users/{person.Id}/close", new { ground = "Өтініші бойынша" }).JsonAsync(204);
        await administrator.PostAsync($"users/{person.Id}/close", new { ground = "Тағы да" }).JsonAsync(204);

        Assert.Equal("401 session.ended", await signedIn.AskAsync("me").RefusalAsync());
        using var client = service.From();
        Assert.Equal("401 credentials.invalid", await client.SignInAsync(person.Login, person.Password).RefusalAsync());
        Assert.True(
            (await administrator.AskAsync($"users/{person.Id}").JsonAsync()).GetProperty("closed").GetBoolean()
        );
        using var neighbour = service.AsService();
        Assert.Equal(
            404,
            (int)(await neighbour.PostAsync("/internal/people/by-iin", new { iin = person.Iin })).StatusCode
        );
        await using var db = service.Open();
        Assert.Equal(
            "Өтініші бойынша",
            (
                await db.AdministratorActions.SingleAsync(one =>
                    one.SubjectId == person.Id && one.Action == "user.closed"
                )
            ).Ground
        );

        var again = await service.RegisteredAsync(with: new Newcomer { Iin = person.Iin, Email = person.Email });
        Assert.NotEqual(person.Id, again.Id);
    }

    [Fact]
    public async Task It_is_for_administrators_above_the_person_alone()
    {
        var person = await service.RegisteredAsync();
        using var teacher = await service.AsAsync("demo-teacher");
        Assert.Equal(
            "403 role.not-allowed",
            await teacher.PostAsync($"users/{person.Id}/close", new { ground = "Қате" }).RefusalAsync()
        );
        using var administrator = await service.AsAdministratorAsync();
        var own = (await administrator.AskAsync("me").JsonAsync()).Text("id");
        Assert.Equal(
            "403 role.not-allowed",
            await administrator.PostAsync($"users/{own}/close", new { ground = "Қате" }).RefusalAsync()
        );
    }
}
