using System.Text;

namespace PedAtt.Identity.Tests.Logins;

public sealed class JsonBodyTests(IdentityService service)
{
    [Fact]
    public async Task What_is_not_JSON_is_told_as_such_to_who_may_make_the_call()
    {
        using var client = service.From();
        using var content = new StringContent("login=x", Encoding.UTF8, "text/plain");
        foreach (
            var path in (string[])["registrations", "tokens", "tokens/refresh", "password/forgot", "password/reset"]
        )
            Assert.Equal("415 request.media-type", await PostAsync(client, path));
        Assert.Equal("401 not-signed-in", await PostAsync(client, "logins"));
        using var teacher = await service.AsAsync("demo-teacher");
        Assert.Equal("403 role.not-allowed", await PostAsync(teacher, "logins"));
        using var administrator = await service.AsAdministratorAsync();
        Assert.Equal("415 request.media-type", await PostAsync(administrator, "logins"));

        Task<string> PostAsync(HttpClient who, string path) =>
            who.PostAsync(new Uri($"/api/identity/{path}", UriKind.Relative), content).RefusalAsync();
    }

    [Theory]
    [InlineData("tokens", "login password")]
    [InlineData("password/reset", "code password token")]
    [InlineData("logins", "fullName iin login organisationId role")]
    public async Task The_OpenAPI_document_says_what_a_call_takes(string path, string fields)
    {
        using var client = service.From();
        var document = await client.AskAsync("/openapi/v1.json").JsonAsync();
        var schema = document
            .GetProperty("paths")
            .GetProperty($"/api/identity/{path}")
            .GetProperty("post")
            .GetProperty("requestBody")
            .GetProperty("content")
            .GetProperty("application/json")
            .GetProperty("schema");
        if (schema.TryGetProperty("$ref", out var reference))
            schema = document
                .GetProperty("components")
                .GetProperty("schemas")
                .GetProperty(reference.GetString()!.Split('/')[^1]);
        Assert.Equal(
            fields,
            string.Join(' ', schema.GetProperty("properties").EnumerateObject().Select(one => one.Name).Order())
        );
    }
}
