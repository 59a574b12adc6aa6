using MassTransit;
using PedAtt.Applications.Data;
using PedAtt.Contracts;
using PedAtt.Internal;

namespace PedAtt.Applications.People;

/// <summary>From here on what was imported by the IIN is the person's, also what is older than their account.</summary>
public sealed class PersonProvenConsumer(ApplicationsDb db, KnownPeople people, IdentityClient identity)
    : IConsumer<PersonProven>
{
    public async Task Consume(ConsumeContext<PersonProven> context)
    {
        // Asked before the transaction: nothing of ours is held while another service thinks.
        var person = await identity.PersonAsync(context.Message.PersonId, context.CancellationToken);
        await db.HandleOnceAsync(
            context,
            nameof(PersonProvenConsumer),
            () => person is null ? Task.CompletedTask : people.KeepAsync(person, context.CancellationToken)
        );
    }
}
