using PedAtt.Demonstration;

namespace PedAtt.Identity.Tests.Tokens;

public sealed class RefreshTokensTests
{
    [Fact]
    public async Task Of_twenty_pairs_that_one_token_gave_one_goes_on_and_another_ends_the_sign_in()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        var first = (await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync()).Text(
            "refreshToken"
        );
        var pairs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.RefreshAsync(first).JsonAsync()));
        var next = await client.RefreshAsync(pairs[0].Text("refreshToken")).JsonAsync();

        own.Clock.PutForward(SessionRules.ReuseGrace + TimeSpan.FromSeconds(1));
        next = await client.RefreshAsync(next.Text("refreshToken")).JsonAsync();
        // Whoever else holds one of the twenty holds what was used: the sign-in was stolen.
        Assert.Equal("401 refresh.reused", await client.RefreshAsync(pairs[19].Text("refreshToken")).RefusalAsync());
        Assert.Equal("401 refresh.reused", await client.RefreshAsync(next.Text("refreshToken")).RefusalAsync());
    }

    [Fact]
    public async Task Siblings_used_side_by_side_do_not_hold_each_other_up()
    {
        await using var own = await IdentityService.OfItsOwnAsync();
        using var client = own.From();
        var first = (await client.SignInAsync("demo-chair", DemonstrationSet.Password).JsonAsync()).Text(
            "refreshToken"
        );
        var pairs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.RefreshAsync(first).JsonAsync()));
        await Task.WhenAll(pairs.Select(pair => client.RefreshAsync(pair.Text("refreshToken")).JsonAsync()));
    }
}
