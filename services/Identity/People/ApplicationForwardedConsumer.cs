using MassTransit;
using PedAtt.Contracts;

namespace PedAtt.Identity.People;

/// <summary>Whose application was forwarded is proven: the secretary has accepted the identity card.</summary>
public sealed class ApplicationForwardedConsumer(IdentityDb db, TimeProvider clock) : IConsumer<ApplicationForwarded>
{
    public Task Consume(ConsumeContext<ApplicationForwarded> context) =>
        db.HandleOnceAsync(
            context,
            nameof(ApplicationForwardedConsumer),
            () =>
                IinProof.ProveAsync(
                    db,
                    context.Message.TeacherId,
                    Proof.ForwardedApplication,
                    clock.Now(),
                    context.CancellationToken
                )
        );
}
