using System.Net.Http.Headers;
using System.Text.Json;

namespace PedAtt.Portfolio.Tests;

public static class Answers
{
    public static Guid Id(this JsonElement thing) => thing.GetProperty("id").GetGuid();

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, int status)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {body}");
        return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
    }

    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage answer, int status, string code)
    {
        var problem = await answer.ReadAsync(status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }

    /// <summary>A block of a portfolio's answer.</summary>
    public static JsonElement Block(this JsonElement portfolio, string key) =>
        portfolio
            .GetProperty("sections")
            .EnumerateArray()
            .SelectMany(section => section.GetProperty("blocks").EnumerateArray())
            .Single(block => block.GetProperty("key").GetString() == key);

    public static string[] Strings(this JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.GetString()!)];
}

/// <summary>Entries as their teacher sends them.</summary>
public static class Forms
{
    /// <summary>A page that every check of files takes for a PNG: one pixel.</summary>
    public static readonly byte[] Page = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    public static MultipartFormDataContent Of(object fields, int files = 1)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(fields), null, "application/json"), "fields" },
        };
        for (var file = 0; file < files; file++)
        {
            var part = new ByteArrayContent(Page);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(part, "file", $"page-{file + 1}.png");
        }
        return form;
    }
}
