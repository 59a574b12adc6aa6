using MassTransit;
using PedAtt.Contracts;

namespace PedAtt.Notifications.Events;

// One consumer, and so one queue, for each event: what is told stands in NotificationTable.

public sealed class ApplicationSubmittedConsumer(NotificationWriter writer) : IConsumer<ApplicationSubmitted>
{
    public Task Consume(ConsumeContext<ApplicationSubmitted> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationReturnedConsumer(NotificationWriter writer) : IConsumer<ApplicationReturned>
{
    public Task Consume(ConsumeContext<ApplicationReturned> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationForwardedConsumer(NotificationWriter writer) : IConsumer<ApplicationForwarded>
{
    public Task Consume(ConsumeContext<ApplicationForwarded> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationAcceptedConsumer(NotificationWriter writer) : IConsumer<ApplicationAccepted>
{
    public Task Consume(ConsumeContext<ApplicationAccepted> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationRefusedConsumer(NotificationWriter writer) : IConsumer<ApplicationRefused>
{
    public Task Consume(ConsumeContext<ApplicationRefused> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationSentToCommissionConsumer(NotificationWriter writer)
    : IConsumer<ApplicationSentToCommission>
{
    public Task Consume(ConsumeContext<ApplicationSentToCommission> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationDecidedConsumer(NotificationWriter writer) : IConsumer<ApplicationDecided>
{
    public Task Consume(ConsumeContext<ApplicationDecided> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationWithdrawnConsumer(NotificationWriter writer) : IConsumer<ApplicationWithdrawn>
{
    public Task Consume(ConsumeContext<ApplicationWithdrawn> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}

public sealed class ApplicationDeletedConsumer(NotificationWriter writer) : IConsumer<ApplicationDeleted>
{
    public Task Consume(ConsumeContext<ApplicationDeleted> context) =>
        writer.WriteAsync(
            context,
            context.Message.ApplicationId,
            context.Message.OrganisationPath,
            NotificationTable.Of(context.Message)
        );
}
