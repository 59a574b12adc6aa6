using System.Reflection;
using System.Text;
using MassTransit;
using RabbitMQ.Client;

namespace PedAtt.ServiceDefaults.Messaging;

/// <summary>
/// Messages that no retry could help wait in the dead-letter queue beside their own. <c>--dead-letters</c> shows them,
/// <c>--replay-dead-letters</c> gives them back to their consumers, whose inbox ignores what was handled after all.
/// </summary>
internal static class DeadLetters
{
    private const string LookedAt = "pedatt-looked-at";

    public static async Task<bool> RanAsync(WebApplication app, string[] args)
    {
        var replay = args.Contains("--replay-dead-letters");
        if (!replay && !args.Contains("--dead-letters"))
            return false;
        await using var channel = await app
            .Services.GetRequiredService<IConnection>()
            .CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var names = app.Services.GetRequiredService<IEndpointNameFormatter>();
        foreach (
            var queue in Consumers(Assembly.GetEntryAssembly()!).Select(consumer => QueueOf(names, consumer)).Distinct()
        )
            await MoveAsync(channel, queue, replay);
        return true;
    }

    /// <summary>
    /// Looking moves a message to its queue's end: giving it back would count as a redelivery, and those are limited.
    /// It ends at the first that it has moved itself. What a queue says of its length may lag behind, so nothing is
    /// counted by it.
    /// </summary>
    private static async Task MoveAsync(IChannel channel, string queue, bool replay)
    {
        var dead = $"{queue}.dead";
        var looking = Guid.NewGuid().ToString();
        Console.WriteLine(dead);
        while (await channel.BasicGetAsync(dead, autoAck: false) is { } message)
        {
            var properties = new BasicProperties(message.BasicProperties);
            var seen =
                properties.Headers?.TryGetValue(LookedAt, out var mark) is true
                && mark is byte[] bytes
                && Encoding.UTF8.GetString(bytes) == looking;
            if (!seen)
                Console.WriteLine($"  {properties.MessageId} {Encoding.UTF8.GetString(message.Body.Span)}");
            properties.Headers = new Dictionary<string, object?>(
                properties.Headers ?? new Dictionary<string, object?>()
            );
            if (replay)
                properties.Headers.Remove(LookedAt);
            else
                properties.Headers[LookedAt] = looking;
            await channel.BasicPublishAsync("", replay ? queue : dead, mandatory: true, properties, message.Body);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
            if (seen)
                return;
        }
    }

    private static IEnumerable<Type> Consumers(Assembly assembly) =>
        assembly
            .GetTypes()
            .Where(type => type is { IsAbstract: false, IsClass: true } && typeof(IConsumer).IsAssignableFrom(type));

    private static string QueueOf(IEndpointNameFormatter names, Type consumer) =>
        (string)
            typeof(IEndpointNameFormatter)
                .GetMethod(nameof(IEndpointNameFormatter.Consumer))!
                .MakeGenericMethod(consumer)
                .Invoke(names, [])!;
}
