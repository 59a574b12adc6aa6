using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Identity.Tests;

public static class Answers
{
    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) =>
        client.PostAsJsonAsync(Url(path), body, Json.Options);

    public static Task<HttpResponseMessage> PutAsync(this HttpClient client, string path, object body) =>
        client.PutAsJsonAsync(Url(path), body, Json.Options);

    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, string path) => client.GetAsync(Url(path));

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, string? login, string? password) =>
        client.PostAsync("tokens", new { login, password });

    public static Task<HttpResponseMessage> RefreshAsync(this HttpClient client, string? refreshToken) =>
        client.PostAsync("tokens/refresh", new { refreshToken });

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> asked, int status = 200)
    {
        using var response = await asked;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {body}");
        return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>"409 login.already-issued"</summary>
    public static async Task<string> RefusalAsync(this Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(
            "application/problem+json" == response.Content.Headers.ContentType?.MediaType,
            $"{(int)response.StatusCode} {body}"
        );
        return $"{(int)response.StatusCode} {JsonSerializer.Deserialize<JsonElement>(body).Text("code")}";
    }

    /// <summary>"email: email.invalid; iin: iin.invalid": the fields of a validation problem with their
    /// codes.</summary>
    public static async Task<string> ErrorsAsync(this Task<HttpResponseMessage> asked)
    {
        var problem = await asked.JsonAsync(400);
        Assert.Equal("validation", problem.Text("code"));
        return string.Join(
            "; ",
            problem
                .GetProperty("errors")
                .Deserialize<Dictionary<string, string[]>>()!
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key}: {string.Join(' ', pair.Value)}")
        );
    }

    public static string? Text(this JsonElement json, string property) => json.GetProperty(property).GetString();

    private static Uri Url(string path) => new(path.StartsWith('/') ? path : $"/api/identity/{path}", UriKind.Relative);
}
