using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PedAtt.Testing;

namespace PedAtt.Notifications.Tests.Channels.Mail;

public sealed class EmailSenderTests(NotificationsService service)
{
    [Theory]
    [InlineData("kk", "Мемлекеттік қызмет", "жауап берудің қажеті жоқ")]
    [InlineData("ru", "Госуслуга приняла", "Отвечать на него не нужно")]
    [InlineData("en", "Госуслуга приняла", "Отвечать на него не нужно")]
    public async Task A_letter_goes_out_in_the_persons_language_with_an_id_of_its_own(
        string language,
        string subject,
        string footer
    )
    {
        var teacher = service.People.Add("teacher", Guid.CreateVersion7(), language);
        await service.PublishAsync(new Given { Teacher = teacher.Id }.Accepted);

        var told = Assert.Single(await service.ToldAsync(teacher.Id));
        var letter = Assert.Single(await (await TestServers.StartAsync()).MailAsync(teacher.Email));

        Assert.StartsWith(subject, letter.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains(footer, letter.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            $"<html lang=\"{(language == "kk" ? "kk" : "ru")}\">",
            letter.GetProperty("html").GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(told.Id.ToString(), letter.GetProperty("messageId").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_no_letters_gets_none_and_is_told_all_the_same()
    {
        var teacher = service.People.Add("teacher", Guid.CreateVersion7());
        var given = new Given { Teacher = teacher.Id };
        using var client = service.As(teacher.Id);
        (
            await client.PutAsJsonAsync("/api/notifications/preferences", new { email = false })
        ).EnsureSuccessStatusCode();
        await service.PublishAsync(given.Accepted);
        Assert.Single(await service.ToldAsync(teacher.Id));

        (await client.PutAsJsonAsync("/api/notifications/preferences", new { email = true })).EnsureSuccessStatusCode();
        await service.PublishAsync(given.Sent);
        Assert.Equal(2, (await service.ToldAsync(teacher.Id, 2)).Count);

        var letter = Assert.Single(await (await TestServers.StartAsync()).MailAsync(teacher.Email));
        Assert.Contains("комиссию", letter.GetProperty("subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_share_the_letters_and_send_none_twice()
    {
        await using var replica = await NotificationsService.ReplicaAsync(service);
        var teachers = Enumerable
            .Range(0, 20)
            .Select(_ => service.People.Add("teacher", Guid.CreateVersion7()))
            .ToArray();
        await Task.WhenAll(
            teachers.Select(teacher => service.PublishAsync(new Given { Teacher = teacher.Id }.Accepted))
        );
        foreach (var teacher in teachers)
            await (await TestServers.StartAsync()).MailAsync(teacher.Email);

        // All have arrived; had one been sent twice, its second would have come among them.
        foreach (var teacher in teachers)
            Assert.Single(await (await TestServers.StartAsync()).MailAsync(teacher.Email));
    }

    [Fact]
    public async Task What_cannot_be_sent_is_shown_to_the_administrators_of_that_part_of_the_tree_who_may_send_it_again()
    {
        // A system of its own whose mail server is not there.
        await using var broken = new NotificationsService { Smtp = "smtp://127.0.0.1:9" };
        await broken.InitializeAsync();
        var teacher = broken.People.Add("teacher", Guid.CreateVersion7());
        var given = new Given { Teacher = teacher.Id };
        await broken.PublishAsync(given.Accepted);
        var told = Assert.Single(await broken.ToldAsync(teacher.Id));

        using var administrator = broken.As(
            Guid.CreateVersion7(),
            new Assignment(Roles.Administrator, given.District, "district")
        );
        using var elsewhere = broken.As(
            Guid.CreateVersion7(),
            new Assignment(Roles.Administrator, Guid.CreateVersion7(), "district")
        );
        using var secretary = broken.As(
            Guid.CreateVersion7(),
            new Assignment(Roles.Secretary, given.School, "organisation")
        );

        var failure = await FailureAsync(administrator);
        Assert.Equal(told.Id, failure.GetProperty("id").GetGuid());
        Assert.Equal("mail.unreachable", failure.GetProperty("failure").GetString());
        Assert.Equal(3, failure.GetProperty("attempts").GetInt32());
        Assert.DoesNotContain(teacher.Email, failure.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(
            (await elsewhere.GetFromJsonAsync<JsonElement>("/api/notifications/failures"))
                .GetProperty("items")
                .EnumerateArray()
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await secretary.GetAsync("/api/notifications/failures")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await elsewhere.PostAsync($"/api/notifications/failures/{told.Id}/retry", null)).StatusCode
        );

        // The same system with its mail server back.
        await using var mended = await NotificationsService.ReplicaAsync(broken);
        await broken.DisposeAsync();
        using var again = mended.As(
            Guid.CreateVersion7(),
            new Assignment(Roles.Administrator, given.District, "district")
        );
        using var retried = await again.PostAsync($"/api/notifications/failures/{told.Id}/retry", null);
        Assert.Equal(HttpStatusCode.OK, retried.StatusCode);

        Assert.Single(await (await TestServers.StartAsync()).MailAsync(teacher.Email));
        Assert.Empty(
            (await again.GetFromJsonAsync<JsonElement>("/api/notifications/failures"))
                .GetProperty("items")
                .EnumerateArray()
        );
        using var late = await again.PostAsync($"/api/notifications/failures/{told.Id}/retry", null);
        Assert.Equal(
            "letter.not-failed",
            (await late.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
    }

    private static async Task<JsonElement> FailureAsync(HttpClient administrator)
    {
        for (var tries = 0; ; tries++)
        {
            var items = (await administrator.GetFromJsonAsync<JsonElement>("/api/notifications/failures")).GetProperty(
                "items"
            );
            if (items.GetArrayLength() > 0)
                return Assert.Single(items.EnumerateArray());
            Assert.True(tries < 300, "The letter has not failed.");
            await Task.Delay(100);
        }
    }
}
