using System.Net.Http.Json;
using System.Text.Json;

namespace PedAtt.Notifications.Tests.Inbox;

public sealed class PreviewNotificationTests(NotificationsService service)
{
    private const string Returned = "application.returned-for-revision";
    private const string Refused = "application.refused-by-state-service";

    [Theory]
    [InlineData(Returned, Roles.Secretary, "kk")]
    [InlineData("application.under-state-service-review", Roles.Secretary, "ru")]
    [InlineData("application.accepted-by-state-service", Roles.Executor, "kk")]
    [InlineData(Refused, Roles.Executor, "en")]
    [InlineData("application.sent-to-commission", Roles.Executor, "ru")]
    public async Task What_is_previewed_is_what_is_then_told(string kind, string by, string language)
    {
        var given = Filed(language);
        object published = kind switch
        {
            Returned => given.Returned,
            "application.under-state-service-review" => given.Forwarded,
            "application.accepted-by-state-service" => given.Accepted,
            Refused => given.Refused,
            _ => given.Sent,
        };
        service.People.WouldTell(given, kind, by, kind == Refused ? given.Refused with { Reasons = [] } : published);
        using var staff = by == Roles.Secretary ? Secretary(given) : Executor(given);

        var preview = await PreviewAsync(staff, kind, given, reasons: kind == Refused ? "1" : null);
        await service.PublishAsync(published);

        var told = Assert.Single(await service.ToldAsync(given.Teacher));
        Assert.Equal(kind, told.Kind);
        Assert.Equal((told.TitleKk, told.TextKk), (Text(preview, "kk", "title"), Text(preview, "kk", "text")));
        Assert.Equal((told.TitleRu, told.TextRu), (Text(preview, "ru", "title"), Text(preview, "ru", "text")));
        Assert.Equal(told.Language, preview.GetProperty("language").GetString());
    }

    [Fact]
    public async Task It_counts_the_blocks_that_are_returned_now()
    {
        var given = Filed();
        using var secretary = Secretary(given);
        service.People.WouldTell(
            given,
            Returned,
            Roles.Secretary,
            given.Returned with
            {
                ReturnedBlocks = ["diploma"],
            }
        );
        Assert.Contains(
            "Блоков с замечаниями: 1.",
            Text(await PreviewAsync(secretary, Returned, given), "ru", "text"),
            StringComparison.Ordinal
        );
        service.People.WouldTell(
            given,
            Returned,
            Roles.Secretary,
            given.Returned with
            {
                ReturnedBlocks = ["diploma", "essay", "awards"],
            }
        );
        Assert.Contains(
            "Блоков с замечаниями: 3.",
            Text(await PreviewAsync(secretary, Returned, given), "ru", "text"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_names_the_language_that_the_teacher_has_chosen()
    {
        var given = Filed("kk");
        service.People.WouldTell(given, Returned, Roles.Secretary, given.Returned);
        using var secretary = Secretary(given);
        Assert.Equal("kk", (await PreviewAsync(secretary, Returned, given)).GetProperty("language").GetString());
        using var teacher = service.As(given.Teacher);
        (
            await teacher.PutAsJsonAsync("/api/notifications/preferences", new { email = true, language = "ru" })
        ).EnsureSuccessStatusCode();
        Assert.Equal("ru", (await PreviewAsync(secretary, Returned, given)).GetProperty("language").GetString());
    }

    [Fact]
    public async Task Only_whoever_may_make_the_move_reads_it()
    {
        var given = Filed();
        service.People.WouldTell(given, Returned, Roles.Secretary, given.Returned);
        using var stranger = service.As(
            Guid.CreateVersion7(),
            new Assignment(Roles.Secretary, Guid.CreateVersion7(), "organisation")
        );
        using var teacher = service.As(given.Teacher);
        using var own = service.As(given.Teacher, new Assignment(Roles.Secretary, given.School, "organisation"));
        using var executor = Executor(given);
        Assert.Equal("404 not-found", await RefusalAsync(stranger, Query(Returned, given)));
        Assert.Equal("403 role.not-allowed", await RefusalAsync(teacher, Query(Returned, given)));
        Assert.Equal("403 role.not-allowed", await RefusalAsync(teacher, Query("application.meets", given)));
        Assert.Equal("403 own-application", await RefusalAsync(own, Query(Returned, given)));
        Assert.Equal("403 role.not-allowed", await RefusalAsync(executor, Query(Returned, given)));
        using var nobody = service.CreateClient();
        Assert.Equal("401 not-signed-in", await RefusalAsync(nobody, Query(Returned, given)));
    }

    [Fact]
    public async Task What_the_move_would_refuse_is_refused()
    {
        var given = Filed();
        using var secretary = Secretary(given);
        using var executor = Executor(given);
        service.People.WouldTell(given, Returned, Roles.Secretary, given.Returned with { ReturnedBlocks = [] });
        service.People.WouldTell(given, "application.sent-to-commission", Roles.Executor, told: null);
        Assert.Equal("409 nothing-returned", await RefusalAsync(secretary, Query(Returned, given)));
        Assert.Equal(
            "409 transition.not-allowed",
            await RefusalAsync(executor, Query("application.sent-to-commission", given))
        );
    }

    [Theory]
    [InlineData("", """{"applicationId": ["required"]}""")]
    [InlineData("applicationId=7", """{"applicationId": ["unknown-key"]}""")]
    [InlineData("applicationId={id}", """{"kind": ["required"]}""")]
    [InlineData("applicationId={id}&kind=application.meets", """{"kind": ["unknown-key"]}""")]
    [InlineData("applicationId={id}&kind=application.refused-by-state-service", """{"reasons": ["required"]}""")]
    [InlineData(
        "applicationId={id}&kind=application.refused-by-state-service&reasons=0",
        """{"reasons": ["number.out-of-range"]}"""
    )]
    [InlineData(
        "applicationId={id}&kind=application.refused-by-state-service&reasons=two",
        """{"reasons": ["value.wrong-type"]}"""
    )]
    public async Task A_question_that_names_nothing_is_refused(string query, string errors)
    {
        var given = Filed();
        service.People.WouldTell(given, Refused, Roles.Executor, given.Refused with { Reasons = [] });
        using var executor = Executor(given);
        using var answer = await executor.GetAsync(
            "/api/notifications/preview?"
                + query.Replace("{id}", given.Application.ToString(), StringComparison.Ordinal)
        );
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.True(
            JsonElement.DeepEquals(
                JsonSerializer.Deserialize<JsonElement>(errors),
                (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")
            )
        );
    }

    private Given Filed(string language = "ru")
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7(), language).Id };
        service.People.Filed(given);
        return given;
    }

    private HttpClient Secretary(Given given) =>
        service.As(Guid.CreateVersion7(), new Assignment(Roles.Secretary, given.School, "organisation"));

    private HttpClient Executor(Given given) =>
        service.As(Guid.CreateVersion7(), new Assignment(Roles.Executor, given.District, "district"));

    private static string Query(string kind, Given given) => $"kind={kind}&applicationId={given.Application}";

    private static async Task<JsonElement> PreviewAsync(
        HttpClient client,
        string kind,
        Given given,
        string? reasons = null
    ) =>
        await client.GetFromJsonAsync<JsonElement>(
            $"/api/notifications/preview?{Query(kind, given)}{(reasons is null ? "" : $"&reasons={reasons}")}"
        );

    private static async Task<string> RefusalAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync($"/api/notifications/preview?{query}");
        return $"{(int)answer.StatusCode} {(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()}";
    }

    private static string Text(JsonElement preview, string language, string part) =>
        preview.GetProperty(language).GetProperty(part).GetString()!;
}
