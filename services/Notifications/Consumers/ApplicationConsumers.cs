using MassTransit;
using PedAtt.Contracts;

namespace PedAtt.Notifications.Consumers;

// One consumer, and so one queue, for each event: what is told stands in NotificationTable.

public sealed class ApplicationSubmittedConsumer(Telling telling) : IConsumer<ApplicationSubmitted>
{
    public Task Consume(ConsumeContext<ApplicationSubmitted> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationReturnedConsumer(Telling telling) : IConsumer<ApplicationReturned>
{
    public Task Consume(ConsumeContext<ApplicationReturned> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationForwardedConsumer(Telling telling) : IConsumer<ApplicationForwarded>
{
    public Task Consume(ConsumeContext<ApplicationForwarded> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationAcceptedConsumer(Telling telling) : IConsumer<ApplicationAccepted>
{
    public Task Consume(ConsumeContext<ApplicationAccepted> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationRefusedConsumer(Telling telling) : IConsumer<ApplicationRefused>
{
    public Task Consume(ConsumeContext<ApplicationRefused> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationSentToCommissionConsumer(Telling telling) : IConsumer<ApplicationSentToCommission>
{
    public Task Consume(ConsumeContext<ApplicationSentToCommission> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationDecidedConsumer(Telling telling) : IConsumer<ApplicationDecided>
{
    public Task Consume(ConsumeContext<ApplicationDecided> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationWithdrawnConsumer(Telling telling) : IConsumer<ApplicationWithdrawn>
{
    public Task Consume(ConsumeContext<ApplicationWithdrawn> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}

public sealed class ApplicationDeletedConsumer(Telling telling) : IConsumer<ApplicationDeleted>
{
    public Task Consume(ConsumeContext<ApplicationDeleted> context) => telling.TellAsync(
        context, context.Message.ApplicationId, context.Message.OrganisationPath, NotificationTable.Of(context.Message));
}
