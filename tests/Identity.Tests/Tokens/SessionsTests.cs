using Microsoft.IdentityModel.JsonWebTokens;
using PedAtt.Demonstration;

namespace PedAtt.Identity.Tests.Tokens;

public sealed class SessionsTests(IdentityService service)
{
    [Fact]
    public async Task A_refresh_token_gives_a_new_pair_of_the_same_sign_in()
    {
        using var client = service.From();
        var first = await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        var second = await client.RefreshAsync(first.Text("refreshToken")).JsonAsync();
        Assert.NotEqual(first.Text("refreshToken"), second.Text("refreshToken"));
        Assert.Equal(SessionOf(first.Text("accessToken")!), SessionOf(second.Text("accessToken")!));
        await client.RefreshAsync(second.Text("refreshToken")).JsonAsync();
    }

    [Fact]
    public async Task Used_again_at_once_it_gives_another_pair_of_the_family()
    {
        using var client = service.From();
        var first = await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => client.RefreshAsync(first.Text("refreshToken")).JsonAsync())
        );
        Assert.Equal(3, answers.Select(answer => answer.Text("refreshToken")).Distinct().Count());
        foreach (var answer in answers)
            await client.RefreshAsync(answer.Text("refreshToken")).JsonAsync();
    }

    [Fact]
    public async Task Used_again_later_the_whole_family_dies()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        var other = await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        var first = await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        var second = await client.RefreshAsync(first.Text("refreshToken")).JsonAsync();

        own.Clock.PutForward(SessionRules.ReuseGrace + TimeSpan.FromSeconds(1));
        Assert.Equal("401 refresh.reused", await client.RefreshAsync(first.Text("refreshToken")).RefusalAsync());
        Assert.Equal("401 refresh.reused", await client.RefreshAsync(second.Text("refreshToken")).RefusalAsync());
        client.DefaultRequestHeaders.Authorization = new("Bearer", second.Text("accessToken"));
        Assert.Equal("401 session.ended", await client.AskAsync("me").RefusalAsync());
        client.DefaultRequestHeaders.Authorization = null;
        await client.RefreshAsync(other.Text("refreshToken")).JsonAsync();
    }

    [Fact]
    public async Task What_is_no_refresh_token_or_has_expired_is_refused()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        Assert.Equal("401 refresh.invalid", await client.RefreshAsync("nothing").RefusalAsync());
        Assert.Equal("refreshToken: required", await client.RefreshAsync(null).ErrorsAsync());
        var pair = await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        own.Clock.PutForward(SessionRules.RefreshToken);
        Assert.Equal("401 refresh.invalid", await client.RefreshAsync(pair.Text("refreshToken")).RefusalAsync());
        client.DefaultRequestHeaders.Authorization = new("Bearer", pair.Text("accessToken"));
        Assert.Equal("401 not-signed-in", await client.AskAsync("me").RefusalAsync());
    }

    [Fact]
    public async Task Signing_out_ends_this_sign_in_at_once_and_no_other()
    {
        using var here = service.From();
        using var there = await service.AsAsync("demo-chair");
        var pair = await here.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync();
        here.DefaultRequestHeaders.Authorization = new("Bearer", pair.Text("accessToken"));
        await here.DeleteAsync(new Uri("/api/identity/tokens", UriKind.Relative)).JsonAsync(204);
        Assert.Equal("401 session.ended", await here.AskAsync("me").RefusalAsync());
        await there.AskAsync("me").JsonAsync();
        here.DefaultRequestHeaders.Authorization = null;
        Assert.Equal("401 session.ended", await here.RefreshAsync(pair.Text("refreshToken")).RefusalAsync());
    }

    [Fact]
    public async Task All_of_ones_own_end_together_and_nobody_elses()
    {
        var (person, bystander) = (await service.RegisteredAsync(), await service.RegisteredAsync());
        using var here = await service.AsAsync(person.Login!, person.Password!);
        using var there = await service.AsAsync(person.Login!, person.Password!);
        using var other = await service.AsAsync(bystander.Login!, bystander.Password!);
        await here.DeleteAsync(new Uri("/api/identity/tokens?all=true", UriKind.Relative)).JsonAsync(204);
        Assert.Equal("401 session.ended", await there.AskAsync("me").RefusalAsync());
        await other.AskAsync("me").JsonAsync();
    }

    [Fact]
    public async Task The_other_services_hear_of_an_ended_session()
    {
        var person = await service.RegisteredAsync();
        using var client = service.From();
        var token = (await client.SignInAsync(person.Login, person.Password).JsonAsync()).Text("accessToken")!;
        using var neighbour = service.AsService();
        var before = await neighbour.AskAsync("/internal/sessions/ended?since=").JsonAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await client.DeleteAsync(new Uri("/api/identity/tokens", UriKind.Relative)).JsonAsync(204);
        var after = await neighbour
            .AskAsync($"/internal/sessions/ended?since={Uri.EscapeDataString(before.Text("now")!)}")
            .JsonAsync();
        Assert.Contains(
            SessionOf(token),
            after.GetProperty("sessions").EnumerateArray().Select(one => one.GetString())
        );
        Assert.DoesNotContain(
            SessionOf(token),
            before.GetProperty("sessions").EnumerateArray().Select(one => one.GetString())
        );
    }

    private static string SessionOf(string token) => new JsonWebToken(token).GetPayloadValue<string>("sid");
}
