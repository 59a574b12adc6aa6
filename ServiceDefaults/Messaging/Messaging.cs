using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PedAtt.ServiceDefaults.Messaging;

public static class Messaging
{
    /// <summary>
    /// Adds the outbox on the service's database and its consumers on RabbitMQ (<c>ConnectionStrings:rabbitmq</c>).
    /// Each consumer has a quorum queue of its own, named for the service and the event, with a dead-letter queue
    /// beside it (<c>….dead</c>): RabbitMQ 4 drops a message after 20 redeliveries where none is set, and a queue's
    /// arguments cannot be changed later.
    /// </summary>
    public static void AddMessaging<TDb>(
        this IHostApplicationBuilder builder,
        string service,
        Action<IBusRegistrationConfigurator>? consumers = null
    )
        where TDb : ServiceDb
    {
        // For the dead letters, and connected only when they are asked for: whether the broker is there MassTransit's
        // check says.
        builder.AddRabbitMQClient("rabbitmq", client => client.DisableHealthChecks = client.DisableTracing = true);
        // Without a broker's address (--migrate, OpenAPI at build) there is nothing to send to.
        if (builder.Configuration.GetConnectionString("rabbitmq") is not { Length: > 0 } address)
            return;
        builder.Services.AddMassTransit(bus =>
        {
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter(service, includeNamespace: false));
            consumers?.Invoke(bus);
            // The outbox bridges a broker's absence: it is shown, but must not take the service out of the gateway.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
            bus.AddConfigureEndpointsCallback(
                (context, queue, endpoint) =>
                {
                    endpoint.UseMessageRetry(retry =>
                        retry.Exponential(
                            12,
                            TimeSpan.FromMilliseconds(100),
                            TimeSpan.FromSeconds(20),
                            TimeSpan.FromMilliseconds(300)
                        )
                    );
                    // What still fails goes back to the broker, which gives it out again a few times (RabbitMQ 4 would
                    // by itself stop at 20) and then moves it to the queue's own dead-letter queue: no message leaves
                    // by another publish of ours.
                    endpoint.RethrowFaultedMessages();
                    endpoint.ThrowOnSkippedMessages();
                    endpoint.PublishFaults = false;
                    endpoint.ConcurrentMessageLimit = 8;
                    if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
                        return;
                    rabbit.PrefetchCount = 16;
                    rabbit.SetQuorumQueue();
                    rabbit.BindDeadLetterQueue(
                        $"{queue}.dead",
                        $"{queue}.dead",
                        dead => dead.SetQueueArgument("x-queue-type", "quorum")
                    );
                    rabbit.SetQueueArgument("x-delivery-limit", 10);
                    rabbit.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
                    rabbit.SetQueueArgument("x-overflow", "reject-publish");
                }
            );
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(new Uri(address));
                    rabbit.ConfigureJsonSerializerOptions(Json.Configure);
                    rabbit.ConfigureEndpoints(context);
                }
            );
        });
        builder.Services.AddHostedService<OutboxDispatcher<TDb>>();
    }
}
