using Microsoft.Extensions.Configuration;

namespace PedAtt.Identity.Tests;

public sealed class SafeStartTests(IdentityService service)
{
    private const string Key = "dGhlIHNlcnZpY2VzJyBvd24ga2V5LCAzMiBieXRlcyE=";

    [Theory]
    [InlineData("https://pedatt.kz", Key, "http://localhost:5001", null, null, "")]
    [InlineData("https://pedatt.kz", Key, "http://127.0.0.1:5001;http://[::1]:5001", null, null, "")]
    [InlineData("https://pedatt.kz", Key, "http://+:8080", null, "10.0.0.0/8", "")]
    [InlineData(null, Key, "http://localhost:5001", null, null, "PEDATT_PUBLIC_URL")]
    [InlineData("http://pedatt.kz", Key, "http://localhost:5001", null, null, "PEDATT_PUBLIC_URL")]
    [InlineData("https://pedatt.kz", null, "http://localhost:5001", null, null, "Internal__Key")]
    [InlineData("https://pedatt.kz", "c2hvcnQ=", "http://localhost:5001", null, null, "Internal__Key")]
    [InlineData("https://pedatt.kz", Key, "http://+:8080", null, null, "PEDATT_PROXIES")]
    [InlineData("https://pedatt.kz", Key, "http://10.0.0.5:8080", null, null, "PEDATT_PROXIES")]
    [InlineData("https://pedatt.kz", Key, null, "8080", null, "PEDATT_PROXIES")]
    public void Production_refuses_what_is_unsafe_in_a_sentence_that_names_it(
        string? site,
        string? key,
        string? urls,
        string? ports,
        string? proxies,
        string named
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["PEDATT_PUBLIC_URL"] = site,
                    ["Internal:Key"] = key,
                    ["URLS"] = urls,
                    ["HTTP_PORTS"] = ports,
                    ["PEDATT_PROXIES"] = proxies,
                }
            )
            .Build();
        var refusals = SafeStart.RefusalsOf(configuration).ToArray();
        if (named.Length == 0)
            Assert.Empty(refusals);
        else
            Assert.Contains(named, Assert.Single(refusals), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_knows_the_demonstration_is_refused_and_an_empty_one_is_not()
    {
        await using (var db = service.Open())
            Assert.NotNull(await SafeStart.DemonstrationAsync(db, TestContext.Current.CancellationToken));
        await using var production = await IdentityService.OfItsOwnAsync("Production");
        await using var empty = production.Open();
        Assert.Null(await SafeStart.DemonstrationAsync(empty, TestContext.Current.CancellationToken));
    }
}
