using MassTransit;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Notifications.Events;

/// <summary>Portfolio knows the file and not whose it is: that is asked of Applications.</summary>
public sealed class FileFoundInfectedConsumer(NotificationWriter writer, ApplicationsClient applications)
    : IConsumer<FileFoundInfected>
{
    public async Task Consume(ConsumeContext<FileFoundInfected> context)
    {
        var file = context.Message;
        // A draft that was deleted meanwhile: there is nothing left to put right.
        if (await applications.FactsAsync(file.ApplicationId, context.CancellationToken) is not { } application)
            return;
        await writer.WriteAsync(
            context,
            file.ApplicationId,
            application.OrganisationPath,
            NotificationTable.Of(file, application.TeacherId, application.Number)
        );
    }
}
