using System.Net.Http.Json;
using System.Text.Json;
using PedAtt.Applications.Filing;
using PedAtt.Applications.Life;

namespace PedAtt.Applications.Tests;

public static class Answers
{
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> asked, int status = 200)
    {
        using var response = await asked;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {body}");
        return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>"409 transition.not-allowed"</summary>
    public static async Task<string> RefusalAsync(this Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        return $"{(int)response.StatusCode} {problem.Text("code")}";
    }

    /// <summary>The fields of a validation problem with their codes.</summary>
    public static async Task<Dictionary<string, string[]>> ErrorsAsync(this Task<HttpResponseMessage> asked)
    {
        var problem = await asked.JsonAsync(400);
        Assert.Equal("validation", problem.Text("code"));
        return problem.GetProperty("errors").Deserialize<Dictionary<string, string[]>>()!;
    }

    public static string? Text(this JsonElement json, string property) => json.GetProperty(property).GetString();

    public static string[] Ids(this JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.Text("id")!)];

    public static string[] Texts(this JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, object? body = null) =>
        client.PostAsJsonAsync(path, body ?? new { }, Json.Options);

    public static Task<HttpResponseMessage> PutAsync(
        this HttpClient client,
        Application application,
        ApplicationForm form,
        string? version
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Url(application))
        {
            Content = JsonContent.Create(form, options: Json.Options),
        };
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        return client.SendAsync(request);
    }

    public static string Url(this Application application, string under = "") =>
        $"/api/applications/{application.Id}" + (under.Length > 0 ? "/" + under : "");
}
