using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PedAtt.Contracts;
using PedAtt.Testing;

namespace PedAtt.ServiceDefaults.Tests;

/// <summary>Outbox, broker and inbox together, on a real PostgreSQL and a real RabbitMQ.</summary>
public sealed class MessagingTests : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<Guid, int> Handled = new();

    private string database = "";
    private string broker = "";

    public async ValueTask InitializeAsync()
    {
        database = await SampleDb.CreateAsync("messaging");
        broker = await (await TestServers.StartAsync()).RabbitAsync("messaging");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_committed_before_its_consumer_first_starts_still_arrives()
    {
        var id = await CommitAsync();
        using var publisher = await StartAsync(consuming: false);
        await Task.Delay(500);
        using var consumer = await StartAsync(consuming: true);

        await EventuallyAsync(() => Handled.GetValueOrDefault(id) == 1);
        await EventuallyAsync(async () => await WaitingAsync() == 0);
    }

    [Fact]
    public async Task Several_replicas_hand_on_every_event_and_each_is_handled_once()
    {
        using var one = await StartAsync(consuming: true);
        using var two = await StartAsync(consuming: true);
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
            ids.Add(await CommitAsync());

        await EventuallyAsync(async () => await WaitingAsync() == 0 && await NotesAsync() >= ids.Count);
        Assert.All(ids, id => Assert.Equal(1, Handled[id]));
        Assert.Equal(60, await NotesAsync());
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_publishes_nothing()
    {
        await using (var db = SampleDb.Open(database))
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(Event(Guid.NewGuid()));
            await db.SaveChangesAsync();
        }

        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task The_same_message_delivered_side_by_side_is_handled_once()
    {
        using var host = await StartAsync(consuming: true);
        var bus = host.Services.GetRequiredService<IBus>();
        var (first, id, message) = (await CommitAsync(), Guid.NewGuid(), Guid.NewGuid());
        await EventuallyAsync(() => Handled.ContainsKey(first));
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => bus.Publish(Event(id), context => context.MessageId = message))
        );

        await EventuallyAsync(async () =>
        {
            await using var db = SampleDb.Open(database);
            return await db.Notes.AnyAsync(note => note.Aggregate == id);
        });
        await Task.Delay(500);
        await using var check = SampleDb.Open(database);
        Assert.Equal(1, await check.Notes.CountAsync(note => note.Aggregate == id));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_waits_in_the_dead_letter_queue_with_its_body()
    {
        using var host = await StartAsync(consuming: true);
        await using var connection = await new RabbitMQ.Client.ConnectionFactory
        {
            Uri = new Uri(broker),
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await EventuallyAsync(async () => await QueueExistsAsync(Queue) && await QueueExistsAsync($"{Queue}.dead"));
        await channel.BasicPublishAsync(
            "",
            Queue,
            mandatory: true,
            new RabbitMQ.Client.BasicProperties(),
            "{ poison"u8.ToArray()
        );

        RabbitMQ.Client.BasicGetResult? dead = null;
        await EventuallyAsync(async () =>
            (dead = await channel.BasicGetAsync($"{Queue}.dead", autoAck: true)) is not null
        );
        Assert.Equal("{ poison", System.Text.Encoding.UTF8.GetString(dead!.Body.Span));
    }

    [Fact]
    public async Task Dead_letters_are_shown_and_given_back_to_their_queue()
    {
        await using var connection = await new RabbitMQ.Client.ConnectionFactory
        {
            Uri = new Uri(broker),
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        using (var host = await StartAsync(consuming: true))
        {
            // A consumer that is stopped before it has begun begins all the same, and would take what is given back.
            await EventuallyAsync(async () => await QueueExistsAsync(Queue) && await QueueExistsAsync($"{Queue}.dead"));
            await EventuallyAsync(async () => await channel.ConsumerCountAsync(Queue) == 1);
            await host.StopAsync();
        }
        await EventuallyAsync(async () => await channel.ConsumerCountAsync(Queue) == 0);
        await channel.BasicPublishAsync(
            "",
            $"{Queue}.dead",
            mandatory: true,
            new RabbitMQ.Client.BasicProperties(),
            "{ one"u8.ToArray()
        );
        await channel.BasicPublishAsync(
            "",
            $"{Queue}.dead",
            mandatory: true,
            new RabbitMQ.Client.BasicProperties(),
            "{ two"u8.ToArray()
        );

        await RunAsync("--dead-letters");
        Assert.Empty(await DrainAsync(Queue));

        // Twice: who has been looked at once is looked at again, and given back once.
        await RunAsync("--dead-letters");
        await RunAsync("--replay-dead-letters");
        Assert.Empty(await DrainAsync($"{Queue}.dead"));
        Assert.Equal(["{ one", "{ two"], (await DrainAsync(Queue)).Order());

        async Task<List<string>> DrainAsync(string queue)
        {
            var letters = new List<string>();
            while (await channel.BasicGetAsync(queue, autoAck: true) is { } letter)
                letters.Add(System.Text.Encoding.UTF8.GetString(letter.Body.Span));
            return letters;
        }

        async Task RunAsync(string command)
        {
            var builder = WebApplication.CreateBuilder();
            Add(builder, consuming: true);
            await using var service = builder.Build();
            Assert.True(await service.RanCommandAsync<SampleDb>([command]));
        }
    }

    private const string Queue = "sample-organisation-changed";

    private async Task<bool> QueueExistsAsync(string queue)
    {
        await using var connection = await new RabbitMQ.Client.ConnectionFactory
        {
            Uri = new Uri(broker),
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(queue);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }

    private static OrganisationChanged Event(Guid id) =>
        new(
            id,
            1,
            null,
            Levels.Organisation,
            "school",
            "Мектеп",
            "Школа",
            "971240001315",
            "750000000",
            "district",
            [id],
            new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)
        );

    private async Task<Guid> CommitAsync()
    {
        var id = Guid.NewGuid();
        await using var db = SampleDb.Open(database);
        db.Publish(Event(id));
        await db.SaveChangesAsync();
        return id;
    }

    private async Task<int> WaitingAsync()
    {
        await using var db = SampleDb.Open(database);
        return await db.OutboxMessages.CountAsync();
    }

    private async Task<int> NotesAsync()
    {
        await using var db = SampleDb.Open(database);
        return await db.Notes.CountAsync();
    }

    private async Task<IHost> StartAsync(bool consuming)
    {
        var builder = Host.CreateApplicationBuilder();
        Add(builder, consuming);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private void Add(IHostApplicationBuilder builder, bool consuming)
    {
        builder.Logging.ClearProviders();
        builder.Configuration["ConnectionStrings:sample"] = database;
        builder.Configuration["ConnectionStrings:rabbitmq"] = broker;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CommitSignal>();
        builder.AddDatabase<SampleDb>("sample");
        builder.AddMessaging<SampleDb>(
            "sample",
            bus =>
            {
                if (consuming)
                    bus.AddConsumer<OrganisationChangedConsumer>();
            }
        );
    }

    private static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    /// <summary>Waits for what must come; the limit only keeps a broken build from hanging.</summary>
    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(50, limit.Token);
    }

    public sealed class OrganisationChangedConsumer(SampleDb db) : IConsumer<OrganisationChanged>
    {
        public Task Consume(ConsumeContext<OrganisationChanged> context) =>
            db.HandleOnceAsync(
                context,
                nameof(OrganisationChangedConsumer),
                () =>
                {
                    var id = context.Message.Id;
                    Handled.AddOrUpdate(id, 1, (_, count) => count + 1);
                    db.Notes.Add(new Note { Aggregate = id, JudgedBy = 0 });
                    return Task.CompletedTask;
                }
            );
    }
}
