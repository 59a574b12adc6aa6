namespace PedAtt.Gateway.Tests;

public class AccessLogTests
{
    [Theory]
    [InlineData(
        "/api/applications/0193e4c6-0000-7000-8000-000000000000/submit",
        "/api/applications/0193e4c6-0000-7000-8000-000000000000/submit"
    )]
    [InlineData("/.well-known/jwks.json", "/.well-known/jwks.json")]
    [InlineData("/api/identity/users/850615100017", "/api/identity/users/*")]
    [InlineData("/api/identity/users/somebody@example.kz", "/api/identity/users/*")]
    [InlineData("/api/documents/verify/abcdefghijklmnop", "/api/documents/verify/*")]
    public void Only_words_and_ids_of_a_path_are_told(string path, string told) =>
        Assert.Equal(told, AccessLog.Told(path));
}
