namespace PedAtt.Identity.Tests.People;

public sealed class BlockPersonTests(IdentityService service)
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
}
