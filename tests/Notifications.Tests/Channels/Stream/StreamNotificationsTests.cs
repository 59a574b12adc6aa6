using System.Net;
using System.Text.Json;

namespace PedAtt.Notifications.Tests.Channels.Stream;

public sealed class StreamNotificationsTests(NotificationsService service)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_new_notification_comes_at_once_through_whichever_replica()
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7()).Id };
        await using var replica = await NotificationsService.ReplicaAsync(service);
        using var here = await OpenAsync(service.As(given.Teacher));
        using var there = await OpenAsync(replica.As(given.Teacher));

        await service.PublishAsync(given.Accepted);

        var told = Assert.Single(await service.ToldAsync(given.Teacher));
        foreach (var stream in (StreamReader[])[here, there])
        {
            var (id, kind) = await NextAsync(stream);
            Assert.Equal((told.Id, "application.accepted-by-state-service"), (id, kind));
        }
    }

    [Fact]
    public async Task After_a_lost_connection_what_came_meanwhile_is_told_first()
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7()).Id };
        foreach (var @event in (object[])[given.Accepted, given.Sent, given.Decided()])
        {
            var before = (await service.ToldAsync(given.Teacher, 0)).Count;
            await service.PublishAsync(@event);
            await service.ToldAsync(given.Teacher, before + 1);
        }
        var told = await service.ToldAsync(given.Teacher, 3);

        using var stream = await OpenAsync(service.As(given.Teacher), lastEventId: told[0].Id.ToString());

        Assert.Equal(told[1].Id, (await NextAsync(stream)).Id);
        Assert.Equal(told[2].Id, (await NextAsync(stream)).Id);
    }

    [Fact]
    public async Task A_stream_that_has_nothing_to_tell_says_so_within_fifteen_seconds()
    {
        using var stream = await OpenAsync(service.As(Guid.CreateVersion7()));
        Assert.Equal("", await stream.ReadLineAsync());
        Assert.Equal(": still here", await stream.ReadLineAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_stream_ends_with_the_sign_in()
    {
        var session = Guid.CreateVersion7();
        using var stream = await OpenAsync(service.As(Guid.CreateVersion7(), session));

        service.End(session);

        while (await stream.ReadLineAsync().WaitAsync(Patience) is not null) { }
    }

    private static async Task<StreamReader> OpenAsync(HttpClient client, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/notifications/stream");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var stream = new StreamReader(await answer.Content.ReadAsStreamAsync());
        // Said once it listens: what is published from here on must come.
        Assert.Equal(": listening", await stream.ReadLineAsync().WaitAsync(Patience));
        return stream;
    }

    private static async Task<(Guid Id, string? Kind)> NextAsync(StreamReader stream)
    {
        Guid? id = null;
        string? kind = null;
        while (await stream.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = Guid.Parse(line[4..]);
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                kind = JsonDocument.Parse(line[6..]).RootElement.GetProperty("kind").GetString();
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                Assert.Equal("event: notification", line);
            if (line.Length == 0 && id is { } found)
                return (found, kind);
        }
        throw new InvalidOperationException("The stream has ended.");
    }
}
