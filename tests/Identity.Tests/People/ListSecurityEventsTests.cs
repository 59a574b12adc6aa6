namespace PedAtt.Identity.Tests.People;

public sealed class ListSecurityEventsTests(IdentityService service)
{
    [Fact]
    public async Task Its_owner_reads_what_happened_to_the_account_the_newest_first()
    {
        var person = await service.RegisteredAsync();
        using var client = service.From("203.0.113.7");
        Assert.Equal(
            "401 credentials.invalid",
            await client.SignInAsync(person.Login, "another password").RefusalAsync()
        );
        var pair = await client.SignInAsync(person.Login, person.Password).JsonAsync();
        using var administrator = await service.AsAdministratorAsync();
        await administrator.PostAsync($"users/{person.Id}/block", new { }).JsonAsync(204);
        await administrator.PostAsync($"users/{person.Id}/unblock", new { }).JsonAsync(204);
        Assert.NotNull(pair.Text("accessToken"));

        using var again = await service.AsAsync(person.Login!, person.Password!);
        var first = await again.AskAsync("me/security-events?limit=3").JsonAsync();
        var rest = await again
            .AskAsync($"me/security-events?after={Uri.EscapeDataString(first.Text("next")!)}")
            .JsonAsync();
        var events = first
            .GetProperty("items")
            .EnumerateArray()
            .Concat(rest.GetProperty("items").EnumerateArray())
            .ToArray();

        Assert.Equal(
            ["signed-in", "unblocked", "blocked", "signed-in", "sign-in-failed"],
            events.Select(one => one.Text("kind"))
        );
        Assert.Equal("203.0.113.0/24", events[3].Text("network"));
        Assert.Null(events[1].Text("network"));
        Assert.DoesNotContain("203.0.113.7", events[3].GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2::3", "2001:db8:1::/48")]
    public void An_address_is_kept_as_its_network(string address, string network) =>
        Assert.Equal(network, SecurityEvent.NetworkOf(System.Net.IPAddress.Parse(address)));
}
