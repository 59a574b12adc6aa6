using PedAtt.Gateway.Proxy;

namespace PedAtt.Gateway.Tests.Proxy;

public class PlainPathsTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/applications/")]
    [InlineData("/api/applications/0193e4c6-0000-7000-8000-000000000000?after=%2F..%2F")]
    [InlineData("/.well-known/jwks.json")]
    public void A_path_of_ours_is_plain(string target) => Assert.True(PlainPaths.IsPlain(target));

    [Theory]
    [InlineData("/api/identity/%2e%2e/%2e%2e/internal/people")]
    [InlineData("/api/identity/..%2f..%2finternal/people")]
    [InlineData("/api/identity/%252e%252e/internal")]
    [InlineData("/api/identity/../../internal")]
    [InlineData("/api/identity/./x")]
    [InlineData("/api/identity\\..\\internal")]
    [InlineData("/api//internal")]
    [InlineData("//internal/people")]
    [InlineData("/api/identity/;/../internal")]
    [InlineData("/%69nternal/people")]
    [InlineData("http://elsewhere/internal")]
    [InlineData("*")]
    public void What_could_be_read_in_two_ways_is_nobodys_path(string target) =>
        Assert.False(PlainPaths.IsPlain(target));
}
