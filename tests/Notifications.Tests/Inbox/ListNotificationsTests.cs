using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Notifications.Tests.Inbox;

public sealed class ListNotificationsTests(NotificationsService service)
{
    [Fact]
    public async Task The_newest_come_first_page_by_page()
    {
        var given = await ToldAsync();
        using var teacher = service.As(given.Teacher);

        var first = await teacher.GetFromJsonAsync<JsonElement>("/api/notifications?limit=2");
        var second = await teacher.GetFromJsonAsync<JsonElement>(
            $"/api/notifications/?limit=2&after={first.GetProperty("next").GetString()}"
        );

        Assert.Equal(["application.meets", "application.sent-to-commission"], Kinds(first));
        Assert.Equal(["application.accepted-by-state-service"], Kinds(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var newest = first.GetProperty("items")[0];
        Assert.Equal(
            ["applicationId", "createdAt", "id", "kind", "readAt", "text", "title"],
            newest.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)
        );
        Assert.Equal(given.Application, newest.GetProperty("applicationId").GetGuid());
    }

    [Fact]
    public async Task Nobody_sees_what_others_were_told()
    {
        var given = await ToldAsync();
        using var teacher = service.As(given.Teacher);
        using var stranger = service.As(Guid.CreateVersion7());
        var id = (await teacher.GetFromJsonAsync<JsonElement>("/api/notifications"))
            .GetProperty("items")[0]
            .GetProperty("id")
            .GetGuid();

        Assert.Empty(Kinds(await stranger.GetFromJsonAsync<JsonElement>("/api/notifications")));
        using var read = await stranger.PostAsync($"/api/notifications/{id}/read", null);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Equal(
            "not-found",
            (await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
        using var nobody = await service.CreateClient().GetAsync("/api/notifications");
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }

    [Fact]
    public async Task What_was_read_is_no_longer_among_the_unread()
    {
        var given = await ToldAsync();
        using var teacher = service.As(given.Teacher);
        var id = (await teacher.GetFromJsonAsync<JsonElement>("/api/notifications"))
            .GetProperty("items")[0]
            .GetProperty("id")
            .GetGuid();

        using var read = await teacher.PostAsync($"/api/notifications/{id}/read", null);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var readAt = (await read.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("readAt").GetDateTimeOffset();
        using var again = await teacher.PostAsync($"/api/notifications/{id}/read", null);
        Assert.Equal(
            readAt,
            (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("readAt").GetDateTimeOffset(),
            TimeSpan.FromMilliseconds(1)
        );
        Assert.Equal(
            ["application.sent-to-commission", "application.accepted-by-state-service"],
            Kinds(await teacher.GetFromJsonAsync<JsonElement>("/api/notifications?unread=true"))
        );

        using var all = await teacher.PostAsync("/api/notifications/read-all", null);
        Assert.Equal(HttpStatusCode.NoContent, all.StatusCode);
        Assert.Empty(Kinds(await teacher.GetFromJsonAsync<JsonElement>("/api/notifications?unread=true")));
        Assert.Equal(3, Kinds(await teacher.GetFromJsonAsync<JsonElement>("/api/notifications")).Length);
    }

    [Theory]
    [InlineData("kk", null, "Құттықтаймыз")]
    [InlineData("ru-RU,ru;q=0.9,en;q=0.8", "kk", "Поздравляем")]
    [InlineData(null, "kk", "Құттықтаймыз")]
    [InlineData("en", "kk", "Құттықтаймыз")]
    [InlineData("en", null, "Поздравляем")]
    public async Task It_is_read_in_the_language_asked_for_else_in_the_one_chosen(
        string? asked,
        string? chosen,
        string begins
    )
    {
        var given = await ToldAsync();
        using var teacher = service.As(given.Teacher);
        if (chosen is not null)
            (
                await teacher.PutAsJsonAsync("/api/notifications/preferences", new { email = true, language = chosen })
            ).EnsureSuccessStatusCode();
        if (asked is not null)
            teacher.DefaultRequestHeaders.Add("Accept-Language", asked);

        var title = (await teacher.GetFromJsonAsync<JsonElement>("/api/notifications"))
            .GetProperty("items")[0]
            .GetProperty("title")
            .GetString();

        Assert.StartsWith(begins, title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limit=0", "limit.out-of-range")]
    [InlineData("limit=201", "limit.out-of-range")]
    [InlineData("after=nonsense", "cursor.invalid")]
    public async Task A_list_that_cannot_be_is_refused(string query, string code)
    {
        using var somebody = service.As(Guid.CreateVersion7());
        using var answer = await somebody.GetAsync($"/api/notifications?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Preferences_are_kept_and_checked()
    {
        using var somebody = service.As(Guid.CreateVersion7());
        var usual = await somebody.GetFromJsonAsync<JsonElement>("/api/notifications/preferences");
        Assert.True(usual.GetProperty("email").GetBoolean());

        using var wrong = await somebody.PutAsJsonAsync("/api/notifications/preferences", new { language = "de" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var errors = (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal("required", errors.GetProperty("email")[0].GetString());
        Assert.Equal("unknown-key", errors.GetProperty("language")[0].GetString());

        (
            await somebody.PutAsJsonAsync("/api/notifications/preferences", new { email = false, language = "kk" })
        ).EnsureSuccessStatusCode();
        var kept = await somebody.GetFromJsonAsync<JsonElement>("/api/notifications/preferences");
        Assert.Equal((false, "kk"), (kept.GetProperty("email").GetBoolean(), kept.GetProperty("language").GetString()));
    }

    private async Task<Given> ToldAsync()
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7()).Id };
        object[] life = [given.Accepted, given.Sent, given.Decided()];
        for (var i = 0; i < life.Length; i++)
        {
            await service.PublishAsync(life[i]);
            Assert.Equal(i + 1, (await service.ToldAsync(given.Teacher, i + 1)).Count);
        }
        return given;
    }

    private static string[] Kinds(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("kind").GetString()!)];
}
