using MassTransit;
using Microsoft.EntityFrameworkCore;
using PedAtt.Contracts;

namespace PedAtt.Notifications.Tests.Events;

public sealed class NotificationWriterTests(NotificationsService service)
{
    [Fact]
    public async Task A_whole_life_tells_each_person_of_each_step_once_in_whatever_order_it_arrives()
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7(), "kk").Id };
        var secretary = service.People.Add("secretary", given.School);
        var executor = service.People.Add("executor", given.District);
        var chair = service.People.Add("commission-chair", given.District);
        await using var replica = await NotificationsService.ReplicaAsync(service);
        object[] life =
        [
            given.Submitted(),
            given.Returned,
            given.Submitted(2),
            given.Forwarded,
            given.Accepted,
            given.Sent,
            given.Decided(),
        ];
        var messages = life.Select(@event => (@event, Id: NewId.NextGuid())).ToArray();

        // Each three times, the last step first, into two replicas.
        await Task.WhenAll(
            messages
                .Concat(messages)
                .Concat(messages)
                .Reverse()
                .Select(message => service.PublishAsync(message.@event, message.Id))
        );

        Assert.Equal(
            [
                "application.accepted-by-state-service",
                "application.meets",
                "application.returned-for-revision",
                "application.sent-to-commission",
                "application.under-state-service-review",
            ],
            (await service.ToldAsync(given.Teacher, 5)).Select(row => row.Kind).Order()
        );
        Assert.Equal(
            ["application.under-review", "application.under-review"],
            (await service.ToldAsync(secretary.Id, 2)).Select(row => row.Kind)
        );
        Assert.Equal(
            "application.under-state-service-review",
            Assert.Single(await service.ToldAsync(executor.Id)).Kind
        );
        Assert.Equal("application.sent-to-commission", Assert.Single(await service.ToldAsync(chair.Id)).Kind);

        // One more event comes after all the others in each queue: when it has been told, nothing doubled is still on
        // its way.
        await QuietAsync(given, messages.Length);
        Assert.Equal(5, (await service.ToldAsync(given.Teacher, 5)).Count);
        Assert.Equal(2, (await service.ToldAsync(secretary.Id, 2)).Count);
        Assert.Single(await service.ToldAsync(executor.Id));
        Assert.Single(await service.ToldAsync(chair.Id));
        Assert.All(
            await service.ToldAsync(given.Teacher, 5),
            row => Assert.Equal(("kk", given.Application), (row.Language, row.ApplicationId))
        );
    }

    [Fact]
    public async Task Everybody_in_the_nearest_seat_is_told_and_nobody_above()
    {
        var given = new Given();
        var one = service.People.Add("secretary", given.School);
        var other = service.People.Add("secretary", given.School);
        var above = service.People.Add("secretary", given.District);

        await service.PublishAsync(given.Submitted());

        Assert.Single(await service.ToldAsync(one.Id));
        Assert.Single(await service.ToldAsync(other.Id));
        Assert.Empty(await service.ToldAsync(above.Id, 0));
    }

    [Fact]
    public async Task Where_the_school_has_no_secretary_the_next_one_above_is_told()
    {
        var given = new Given();
        var above = service.People.Add("secretary", given.District);

        await service.PublishAsync(given.Withdrawn);

        Assert.Equal("application.withdrawn", Assert.Single(await service.ToldAsync(above.Id)).Kind);
    }

    [Fact]
    public async Task Who_is_concerned_twice_is_told_once()
    {
        var teacher = service.People.Add("teacher", Guid.CreateVersion7());
        var given = new Given { Teacher = teacher.Id };
        service.People.Also(teacher, "executor", given.District);

        await service.PublishAsync(given.Forwarded);

        Assert.Contains(
            "Ваша заявка",
            Assert.Single(await service.ToldAsync(teacher.Id)).TitleRu,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_infected_file_is_told_to_the_teacher_whose_application_it_is_in()
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7()).Id };
        service.People.Filed(given);

        await service.PublishAsync(
            new FileFoundInfected(given.Application, 3, Guid.CreateVersion7(), "diploma", Given.Morning)
        );

        Assert.Equal("portfolio.file-infected", Assert.Single(await service.ToldAsync(given.Teacher)).Kind);
    }

    [Fact]
    public async Task The_database_refuses_a_second_row_for_an_event_and_a_person()
    {
        var given = new Given { Teacher = service.People.Add("teacher", Guid.CreateVersion7()).Id };
        await service.PublishAsync(given.Accepted);
        var told = Assert.Single(await service.ToldAsync(given.Teacher));
        await using var db = service.Open();

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            db.Database.ExecuteSqlAsync(
                $"""
                insert into notifications (id, event_id, person_id, kind, application_id, organisation_path, title_kk, title_ru, text_kk, text_ru, language, created_at)
                select gen_random_uuid(), event_id, person_id, kind, application_id, organisation_path, title_kk, title_ru, text_kk, text_ru, language, created_at
                from notifications where id = {told.Id}
                """
            )
        );

        Assert.Equal("ix_notifications_event_id_person_id", refused.ConstraintName);
    }

    private async Task QuietAsync(Given given, int handled)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            await using var db = service.Open();
            var notes = await db.InboxMessages.CountAsync();
            var vhost = new Uri(service.Broker).AbsolutePath.TrimStart('/');
            var queues = await (await PedAtt.Testing.TestServers.StartAsync()).RabbitAsync(
                HttpMethod.Get,
                $"queues/{vhost}"
            );
            if (
                notes >= handled
                && queues
                    .EnumerateArray()
                    .All(queue => !queue.TryGetProperty("messages", out var left) || left.GetInt32() == 0)
            )
                return;
            await Task.Delay(200);
        }
        Assert.Fail($"Messages about {given.Application} are still waiting.");
    }
}
